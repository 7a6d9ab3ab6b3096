"""What is on, for everybody: a list to look through, a call with all one needs, its picture."""

from __future__ import annotations

from dataclasses import replace
from urllib.parse import urlencode

from django.db.models import Prefetch
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_safe

from core.typesetting.fonts import chinese_font
from core.web.addresses import address_with
from core.web.keyset import page_of
from core.web.pace import paced
from organizations.accounts.guards import public
from organizations.ledger.models import Organization
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.activities.summary import AROUND_METRES, calendar_of, nearest_first, soonest_first
from volunteers.calls.domain import SHARE_SIZE, picture_of
from volunteers.calls.forms import LookingForm
from volunteers.calls.summary import Wanted, public_calls, shifts_wanted
from volunteers.projects.models import Project
from volunteers.stations.models import Station
from volunteers.vocabulary.models import Term

__all__ = [
    "list_calls",
    "list_stations",
    "share_picture",
    "show_call",
    "show_month",
    "show_project",
    "show_station",
]

_WHY = "calls that a committee has made public; the database shows visitors no others"


@public(_WHY)
@paced
@require_safe
def list_calls(request: HttpRequest) -> HttpResponse:
    """Shifts to come, the soonest first, narrowed by place, day, kind and free places.

    Who says where they stand is shown what is around, the nearest first.
    """
    form = LookingForm(request.GET)
    shifts = shifts_wanted(form.wanted, at=timezone.now())
    page = nearest_first(shifts, form.point) if form.point else soonest_first(shifts, request)
    context = {
        "form": form,
        "shifts": page.rows,
        "next_url": page.next_url,
        "point": form.point,
        "around_metres": AROUND_METRES,
        "anywhere_url": address_with(request, near=""),
        "calendar_code": form.chosen_code,
        "month_url": _looked_for("calls:call-month", form),
        "is_narrowed": any(form.data.get(name) for name in form.fields),
    }
    return render(request, "volunteers/calls/list.html", context)


@public(_WHY)
@paced
@require_safe
def show_month(request: HttpRequest) -> HttpResponse:
    """The same as a calendar, narrowed by the same choices but the day, which it leads to."""
    form = LookingForm(request.GET)
    month = calendar_of(
        shifts_wanted(replace(form.wanted, day=None), at=timezone.now()),
        request,
        address_of=lambda activity: reverse("calls:call-detail", args=[activity.pk]),
        day_address=lambda day: _looked_for("calls:call-list", form, day=day.isoformat()),
        months_back=0,
    )
    context = {"form": form, "month": month, "list_url": _looked_for("calls:call-list", form)}
    return render(request, "volunteers/calls/month.html", context)


@public(_WHY)
@paced
@require_safe
def show_call(request: HttpRequest, activity_id: int) -> HttpResponse:
    """All that somebody needs who thinks of coming, and the way to sign up."""
    activity, shifts = _call(activity_id)
    now = timezone.now()
    is_open = activity.state == ActivityState.PUBLISHED
    context = {
        "activity": activity,
        "shifts": shifts,
        "coming": [each for each in shifts if is_open and each.starts_at > now],
        "changes": activity.changes.as_told(),
        "skills": Term.objects.filter(pk__in=activity.needed_skills).in_order(),
        "address": request.build_absolute_uri(),
        "share": _share_address(request, activity) if chinese_font() else "",
        "share_size": SHARE_SIZE,
    }
    return render(request, "volunteers/calls/call.html", context)


@public(_WHY)
@paced
@cache_control(public=True, max_age=24 * 60 * 60)
@require_safe
def share_picture(request: HttpRequest, activity_id: int) -> HttpResponse:
    """The picture beside a shared link. 404 where this machine has no font with Chinese."""
    picture = picture_of(*_call(activity_id))
    if picture is None:
        raise Http404
    return HttpResponse(picture, content_type="image/png")


@public("projects are public, with the calls that visitors see anyway")
@paced
@require_safe
def show_project(request: HttpRequest, project_id: int) -> HttpResponse:
    """What it is about, and what is on, the soonest first."""
    project = get_object_or_404(Project.objects.select_related("committee"), pk=project_id)
    context = {"project": project, **_what_is_on(request, activity__project=project)}
    return render(request, "volunteers/calls/project.html", context)


@public("stations are public places, with the calls that visitors see anyway")
@paced
@require_safe
def list_stations(request: HttpRequest) -> HttpResponse:
    """Stations that are not closed, those of one place or all."""
    form = LookingForm(request.GET)
    found = Station.objects.standing_on(timezone.localdate()).select_related("committee")
    if path := form.wanted.path:
        found = found.below(path)
    page = page_of(found, request)
    context = {"form": form, "stations": page.rows, "next_url": page.next_url}
    return render(request, "volunteers/calls/stations.html", context)


@public("stations are public places, with the calls that visitors see anyway")
@paced
@require_safe
def show_station(request: HttpRequest, station_id: int) -> HttpResponse:
    """Where it is, when it is open, whom to ask, and what is on."""
    named = Prefetch("organization", Organization.objects.named())
    found = Station.objects.select_related("committee").prefetch_related(named)
    station = get_object_or_404(found, pk=station_id)
    context = {"station": station, **_what_is_on(request, activity__station=station)}
    return render(request, "volunteers/calls/station.html", context)


def _what_is_on(request: HttpRequest, **narrowed: object) -> dict[str, object]:
    shifts = shifts_wanted(Wanted(), at=timezone.now()).filter(**narrowed)
    page = soonest_first(shifts, request)
    return {"shifts": page.rows, "next_url": page.next_url}


def _looked_for(name: str, form: LookingForm, **more: str) -> str:
    """The address of that page with the same choices, but the day."""
    chosen = {each: form.data.get(each, "") for each in form.fields if each != "day"}
    query = urlencode({each: value for each, value in (chosen | more).items() if value})
    return f"{reverse(name)}?{query}" if query else reverse(name)


def _call(activity_id: int) -> tuple[Activity, list[Shift]]:
    activity = get_object_or_404(public_calls(), pk=activity_id)
    return activity, list(Shift.objects.filter(activity=activity, cancelled_at__isnull=True))


def _share_address(request: HttpRequest, activity: Activity) -> str:
    return request.build_absolute_uri(reverse("calls:call-share", args=[activity.pk]))
