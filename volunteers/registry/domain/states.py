"""Pausing, leaving, coming back: a state and a reason, never a deletion."""

from __future__ import annotations

from datetime import date

from django.db import IntegrityError, transaction
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.registry.domain.rules import back_on_given, reason_given
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["STATES_BEFORE", "pause_volunteer", "reactivate_volunteer", "withdraw_volunteer"]

_ACTIVE, _PAUSED, _WITHDRAWN = (
    VolunteerState.ACTIVE,
    VolunteerState.PAUSED,
    VolunteerState.WITHDRAWN,
)


# Which state may follow which others.
STATES_BEFORE = {
    _PAUSED: frozenset({_ACTIVE}),
    _WITHDRAWN: frozenset({_ACTIVE, _PAUSED}),
    _ACTIVE: frozenset({_PAUSED, _WITHDRAWN}),
}


def pause_volunteer(
    volunteer: Volunteer, *, actor: Actor, reason: str, back_on: date | None = None
) -> Volunteer:
    """Does not serve for a while, until about ``back_on`` where that is known.

    Raises `Refusal` unless active, without a reason, and for a day that is not to come.
    """
    day = back_on_given(back_on)
    return _change(volunteer, _PAUSED, actor=actor, reason=reason, back_on=day)


def withdraw_volunteer(volunteer: Volunteer, *, actor: Actor, reason: str) -> Volunteer:
    """Leaves; what was served stays on record (GB/T 40143-2021: ten years or more).

    Raises `Refusal` for somebody who has left already, and without a reason.
    """
    return _change(volunteer, _WITHDRAWN, actor=actor, reason=reason)


def reactivate_volunteer(volunteer: Volunteer, *, actor: Actor, reason: str) -> Volunteer:
    """Serves again.

    Raises `Refusal` for somebody who is active, for who asked to be erased or disowned the entry
    (only they take that back), and without a reason.
    """
    return _change(volunteer, _ACTIVE, actor=actor, reason=reason)


@transaction.atomic
def _change(
    volunteer: Volunteer,
    state: VolunteerState,
    *,
    actor: Actor,
    reason: str,
    back_on: date | None = None,
) -> Volunteer:
    actor.must("volunteers.edit")
    reason = reason_given(reason)
    locked = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if locked.state not in STATES_BEFORE[state]:
        message = _("{name} is “{state}” already; nothing was changed.")
        said = message.format(name=locked.name, state=locked.get_state_display())
        raise Refusal(said, code="state_unchanged")
    locked.state, locked.back_on = state, back_on
    try:
        with because(reason), transaction.atomic():
            locked.save(update_fields=["state", "back_on"])
    except IntegrityError as error:
        _refuse_against_own_will(locked, error)
        raise
    return locked


def _refuse_against_own_will(person: Volunteer, error: IntegrityError) -> None:
    if broken_constraint(error) == "volunteer_own_will":
        message = _(
            "{name} asked to be erased, or said “this is not me”. Only the person can take that"
            " back, in the own account or where entries are claimed."
        )
        raise Refusal(message.format(name=person.name), code="own_will") from error
