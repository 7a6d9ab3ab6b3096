"""What a volunteer finds to do, and what became of it; made for a phone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.addresses import options_of
from core.web.forms import show_refusal
from core.web.keyset import is_next_page
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, family_of
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity, Shift
from volunteers.activities.summary import soonest_first
from volunteers.hours.models import ServiceKind
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import (
    Misfit,
    answer_offer,
    misfit_of,
    sign_up,
    sign_up_together,
    withdraw,
)
from volunteers.signups.domain.answering import changed_since, needs_reason
from volunteers.signups.forms import WithdrawForm
from volunteers.signups.models import SignUp, SignUpState
from volunteers.signups.queries import place_in_line

__all__ = ["answer", "ask", "ask_together", "list_calls", "show_call", "withdraw_own"]

_UNPROCESSABLE = 422


@dataclass(frozen=True, slots=True)
class _Chance:
    """A shift as its page offers it: what the person has there, or why there is nothing."""

    shift: Shift
    signup: SignUp | None
    place: int
    misfit: Misfit | None
    is_late: bool


@acts("own.signup")
@require_safe
def list_calls(request: HttpRequest) -> HttpResponse:
    """What stands for oneself, then open shifts, the soonest first."""
    person = _person(request)
    now = timezone.now()
    kind = request.GET.get("kind", "")
    mine = SignUp.objects.of_person(person.pk).standing()
    shifts = Shift.objects.open_at(now).with_calls().exclude(pk__in=mine.values("shift"))
    if kind in ServiceKind.values:
        shifts = shifts.filter(activity__kind=kind)
    page = soonest_first(shifts, request)
    context: dict[str, Any] = {"shifts": page.rows, "next_url": page.next_url}
    if is_next_page(request):
        return render(request, "volunteers/signups/calls.html#shifts", context)
    kinds = options_of(request, "kind", ServiceKind.choices, chosen=kind)
    context |= {
        "mine": mine.with_calls().filter(shift__ends_at__gt=now).order_by("shift__starts_at"),
        "filters": [{"label": _("Kind"), "options": kinds}],
    }
    return render(request, "volunteers/signups/calls.html", context)


@acts("own.signup")
@require_safe
def show_call(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What it is, when, and for each shift the one thing that can be done."""
    return _call_page(request, activity_id, WithdrawForm())


@acts("own.signup")
@require_POST
def ask(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Signs up for a shift."""
    shifts = Shift.objects.with_calls()
    shift = get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)
    try:
        signup = sign_up(shift, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _what_came(signup))
    return redirect("signups:call-detail", activity_id)


@acts("own.signup")
@require_POST
def ask_together(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Signs up those of the family who are ticked; who was ticked stays so where it fails."""
    shifts = Shift.objects.with_calls()
    shift = get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)
    actor = actor_of(request)
    family, ticked = family_of(actor), request.POST.getlist("who")
    people = [person for value, person in family.items() if value in ticked]
    try:
        sign_up_together(shift, actor=actor, people=people)
    except Refusal as refused:
        messages.error(request, str(refused))
        form = WithdrawForm()
        return _call_page(request, activity_id, form, ticked=ticked, status=_UNPROCESSABLE)
    names = "、".join(person.person_name for person in people)
    messages.success(request, _("All have a place: {names}.").format(names=names))
    return redirect("signups:call-detail", activity_id)


@acts("own.signup")
@require_POST
def withdraw_own(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Gives the place back; a reason that is missing is asked for on the same page."""
    signup = _own(request, signup_id)
    form = WithdrawForm(request.POST)
    if form.is_valid():
        try:
            withdraw(signup, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Withdrawn. The place goes to the next one."))
            return redirect("signups:call-detail", signup.activity_id)
    return _call_page(request, signup.activity_id, form, status=_UNPROCESSABLE)


@acts("own.signup")
@require_POST
def answer(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Takes the offered place or leaves it to the next, as the button says."""
    signup = _own(request, signup_id)
    taken = request.POST.get("answer") == "take"
    try:
        answer_offer(signup, actor=actor_of(request), taken=taken)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = _("The place is yours.") if taken else _("The place goes to the next one.")
        messages.success(request, said)
    return redirect("signups:call-detail", signup.activity_id)


def _person(request: HttpRequest) -> Volunteer:
    return get_object_or_404(Volunteer, pk=actor_of(request).scope.volunteer)


def _own(request: HttpRequest, signup_id: int) -> SignUp:
    mine = SignUp.objects.of_person(actor_of(request).scope.volunteer or 0)
    return get_object_or_404(mine.select_related("shift"), pk=signup_id)


def _what_came(signup: SignUp) -> str:
    if signup.state == SignUpState.PLACED:
        return _("You have a place. See you there.")
    message = _("You are number {place} on the waiting list. When a place is free, you are asked.")
    return message.format(place=place_in_line(signup))


def _family(actor: Actor, ticked: Sequence[str]) -> list[dict[str, Any]]:
    """Who may be signed up together; nobody where the account holds one person's pages only."""
    family = family_of(actor)
    if len(family) < 2:
        return []
    return [
        {"value": value, "name": person.person_name, "ticked": not ticked or value in ticked}
        for value, person in family.items()
    ]


def _call_page(
    request: HttpRequest,
    activity_id: int,
    form: WithdrawForm,
    *,
    ticked: Sequence[str] = (),
    status: int | None = None,
) -> HttpResponse:
    person = _person(request)
    activity = get_object_or_404(Activity.objects.as_calls(), pk=activity_id)
    mine = SignUp.objects.of_person(person.pk).filter(activity=activity)
    last = {each.shift_id: each for each in mine.order_by("pk")}
    shifts = Shift.objects.with_calls().filter(activity=activity)
    chances = [_chance(shift, last.get(shift.pk), person) for shift in shifts]
    context = {
        "activity": activity,
        "chances": chances,
        "form": form,
        "changes": activity.changes.as_told(),
        "family": _family(actor_of(request), ticked),
        "family_open": bool(ticked),
    }
    return render(request, "volunteers/signups/call.html", context, status=status)


def _chance(shift: Shift, signup: SignUp | None, person: Volunteer) -> _Chance:
    stands = signup is not None and signup.stands
    place = place_in_line(signup) if signup and signup.state == SignUpState.WAITING else 0
    return _Chance(
        shift=shift,
        signup=signup,
        place=place,
        misfit=None if stands else misfit_of(person, shift),
        is_late=needs_reason(shift, at=timezone.now()) and not (signup and changed_since(signup)),
    )
