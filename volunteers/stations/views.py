"""Stations for the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.stations import domain
from volunteers.stations.forms import FactsForm
from volunteers.stations.models import Station
from volunteers.stations.queries import StationQuerySet

__all__ = ["close", "create", "edit", "list_stations", "reopen", "show_station"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def list_stations(request: HttpRequest) -> HttpResponse:
    """Of the own committee and those below it."""
    actor = actor_of(request)
    found = Station.objects.below(actor.scope.committee).select_related("committee")
    page = page_of(found, request)
    context = {
        "rows": page.rows,
        "rows_template": "volunteers/stations/_rows.html",
        "next_url": page.next_url,
        "may_manage": actor.may("stations.manage"),
        "columns": [
            {"label": _("Station")},
            {"label": _("Committee")},
            {"label": _("Where")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No station here yet."),
            "text": _("Enter the places where volunteers serve, with hours and whom to ask."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/stations/list.html"
    return render(request, name, context)


@acts("activities.view")
@require_safe
def show_station(request: HttpRequest, station_id: int) -> HttpResponse:
    """Where it is, when it is open, and what takes place there."""
    actor = actor_of(request)
    found = _own(request).select_related("committee", "organization")
    station = get_object_or_404(found, pk=station_id)
    context = {
        "station": station,
        "activities": station.activities.order_by("-pk")[:20],
        "may_manage": actor.may("stations.manage"),
    }
    return render(request, "volunteers/stations/detail.html", context)


@acts("stations.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Opens a station of the own committee."""
    form = FactsForm(posted(request), path=actor_of(request).scope.committee, station=None)
    if form.is_valid():
        try:
            station = domain.open_station(form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Opened. Activities can take place there from now on."))
            return redirect("stations:station-detail", station.pk)
    return _form_page(request, form, None)


@acts("stations.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, station_id: int) -> HttpResponse:
    """Describes it anew."""
    station = get_object_or_404(_own(request), pk=station_id)
    initial = {name: getattr(station, name) for name in FactsForm.base_fields}
    path = actor_of(request).scope.committee
    form = FactsForm(posted(request), path=path, station=station, initial=initial)
    if form.is_valid():
        try:
            domain.edit_station(station, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("stations:station-detail", station.pk)
    return _form_page(request, form, station)


@acts("stations.manage")
@require_POST
def close(request: HttpRequest, station_id: int) -> HttpResponse:
    """Ends it; its activities stay."""
    station = get_object_or_404(_own(request), pk=station_id)
    try:
        domain.close_station(station, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Closed. Activities that took place there stay as they are."))
    return redirect("stations:station-detail", station.pk)


@acts("stations.manage")
@require_POST
def reopen(request: HttpRequest, station_id: int) -> HttpResponse:
    """Takes the close back."""
    station = get_object_or_404(_own(request), pk=station_id)
    try:
        domain.reopen_station(station, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Open again."))
    return redirect("stations:station-detail", station.pk)


def _own(request: HttpRequest) -> StationQuerySet:
    return Station.objects.below(actor_of(request).scope.committee)


def _form_page(request: HttpRequest, form: FactsForm, station: Station | None) -> HttpResponse:
    context = {"form": form, "station": station}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/stations/form.html", context, status=status)
