"""Calendars to subscribe to, and the page where one's own secret address is made and ended."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.http import require_http_methods, require_safe

from core.tenancy.scope import Scope, ScopeRefused, acting_as
from core.web.pace import paced
from organizations.accounts.guards import acts, public
from organizations.accounts.scopes import actor_for_volunteer_account, actor_of
from organizations.committees.models import Committee
from organizations.ledger.models import Organization
from volunteers.activities.models import Activity, Shift
from volunteers.activities.queries import ShiftQuerySet
from volunteers.feeds.domain import (
    feed_behind,
    own_calendar,
    own_feed,
    public_calendar,
    renew_feed,
    revoke_feed,
)
from volunteers.feeds.forms import FeedForm
from volunteers.projects.models import Project

__all__ = ["manage", "show_committee", "show_organization", "show_own", "show_project"]

_KIND = "text/calendar; charset=utf-8"


@public("what a committee has made public; the database shows visitors no others")
@paced
@cache_control(max_age=15 * 60)
@require_safe
def show_committee(request: HttpRequest, code: str) -> HttpResponse:
    """Public calls of a committee and of those below it."""
    committee = get_object_or_404(Committee, code=code)
    shifts = Shift.objects.below(committee.path)
    return _public_calendar(request, committee.full_name, shifts)


@public("what a project's committees have made public; the database shows visitors no others")
@paced
@cache_control(max_age=15 * 60)
@require_safe
def show_project(request: HttpRequest, project_id: int) -> HttpResponse:
    """Public calls of a brand project, whichever committee calls."""
    project = get_object_or_404(Project, pk=project_id)
    return _public_calendar(request, project.name, Shift.objects.filter(activity__project=project))


@public("what an organisation calls for publicly; the database shows visitors no others")
@paced
@cache_control(max_age=15 * 60)
@require_safe
def show_organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Public calls that an organisation runs."""
    found = get_object_or_404(Organization.objects.named(), pk=organization_id)
    shifts = Shift.objects.filter(activity__organization=found)
    return _public_calendar(request, found.name, shifts)


@public("the secret address is the permission: its owner renews and revokes it")
@paced
@never_cache
@require_safe
def show_own(request: HttpRequest, token: str) -> HttpResponse:
    """The sign-ups of whose address it is; 404 where it was revoked or the account is closed."""
    with acting_as(Scope.for_job("calendar")):
        feed = feed_behind(token)
    if feed is None:
        raise Http404
    try:
        actor = actor_for_volunteer_account(feed.user_id, feed.volunteer_id)
        with acting_as(actor.scope):
            text = own_calendar(
                feed.volunteer_id,
                host=request.get_host(),
                address_of=_address_of(request, "signups:call-detail"),
            )
    except ScopeRefused as refused:
        raise Http404 from refused
    return HttpResponse(text, content_type=_KIND)


@acts("own.signup")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest) -> HttpResponse:
    """Whether there is an address; a new one is shown this once."""
    actor, address = actor_of(request), ""
    if request.method == "POST":
        form = FeedForm(request.POST)
        if form.is_valid() and form.cleaned_data["verb"] == "renew":
            token = renew_feed(actor=actor)
            address = request.build_absolute_uri(reverse("feeds:own-calendar", args=[token]))
        elif form.is_valid():
            revoke_feed(actor=actor)
            messages.success(
                request, _("The address is ended. Calendars that ask it find nothing.")
            )
            return redirect("feeds:own-feed")
    context = {"feed": own_feed(actor), "address": address}
    return render(request, "volunteers/feeds/own.html", context)


def _public_calendar(request: HttpRequest, whose: str, shifts: ShiftQuerySet) -> HttpResponse:
    address_of = _address_of(request, "calls:call-detail")
    text = public_calendar(whose, shifts, host=request.get_host(), address_of=address_of)
    return HttpResponse(text, content_type=_KIND)


def _address_of(request: HttpRequest, name: str) -> Callable[[Activity], str]:
    return lambda activity: request.build_absolute_uri(reverse(name, args=[activity.pk]))
