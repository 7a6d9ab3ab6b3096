"""Pages of a leader: what is on, the team, and who of it comes."""

from __future__ import annotations

from itertools import groupby

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST, require_safe

from core.web.forms import show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Shift
from volunteers.activities.summary import soonest_first
from volunteers.leading.domain import sign_up_members
from volunteers.leading.forms import MembersForm
from volunteers.leading.queries import led_shifts, list_of, team_of
from volunteers.teams.models import TeamMember

__all__ = ["list_members", "show_home", "show_shift", "sign_up"]

_UNPROCESSABLE = 422


@acts("led.view")
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Shifts to come: of the own organisation first, then what is open to everybody."""
    organization = _organization(request)
    coming = led_shifts().open_at(timezone.now())
    context = {
        "own": coming.filter(activity__organization=organization).order_by("starts_at", "pk")[:50],
        "page": soonest_first(coming.exclude(activity__organization=organization), request),
    }
    return render(request, "volunteers/leading/home.html", context)


@acts("led.view")
@require_safe
def list_members(request: HttpRequest) -> HttpResponse:
    """The team by group."""
    context = {"groups": _by_group(team_of(_organization(request)))}
    return render(request, "volunteers/leading/members.html", context)


@acts("led.view")
@require_safe
def show_shift(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Who of the team comes, of the own organisation's calls everybody; and signing members up."""
    return _shift_page(request, _shift(shift_id))


@acts("led.signup")
@require_POST
def sign_up(request: HttpRequest, shift_id: int) -> HttpResponse:
    """Signs up those chosen, all or nobody; what is refused is shown as it was chosen."""
    shift = _shift(shift_id)
    form = MembersForm(request.POST, members=team_of(_organization(request)))
    if form.is_valid():
        chosen = form.cleaned_data["members"]
        try:
            placed = sign_up_members(shift, actor=actor_of(request), members=chosen)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = ngettext("{n} person has a place.", "{n} people have places.", len(placed))
            messages.success(request, said.format(n=len(placed)))
            return redirect("leading:shift-detail", shift_id)
    return _shift_page(request, shift, form)


def _shift_page(
    request: HttpRequest, shift: Shift, form: MembersForm | None = None
) -> HttpResponse:
    rows = list_of(shift)
    there = {row.volunteer_id for row in rows if row.stands}
    team = team_of(_organization(request))
    free = [each for each in team if each.volunteer_id not in there]
    chosen = set(form.data.getlist("members")) if form else set()  # type: ignore[attr-defined]
    context = {
        "shift": shift,
        "activity": shift.activity,
        "rows": [row for row in rows if row.stands],
        "groups": _by_group(free),
        "chosen": chosen,
        "form": form,
        "is_open": shift.starts_at > timezone.now() and shift.activity.state == "published",
    }
    status = _UNPROCESSABLE if form else None
    return render(request, "volunteers/leading/shift.html", context, status=status)


def _by_group(team: list[TeamMember]) -> list[tuple[str, list[TeamMember]]]:
    return [(name, list(people)) for name, people in groupby(team, key=lambda each: each.group)]


def _organization(request: HttpRequest) -> int:
    (organization,) = actor_of(request).scope.organizations
    return organization


def _shift(shift_id: int) -> Shift:
    return get_object_or_404(led_shifts(), pk=shift_id)
