"""Pausing, leaving, coming back: a state and a reason, never a deletion."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.registry.domain.rules import reason_given
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["pause_volunteer", "reactivate_volunteer", "withdraw_volunteer"]

_ACTIVE, _PAUSED, _WITHDRAWN = (
    VolunteerState.ACTIVE,
    VolunteerState.PAUSED,
    VolunteerState.WITHDRAWN,
)


def pause_volunteer(volunteer: Volunteer, *, actor: Actor, reason: str) -> Volunteer:
    """Does not serve for a while. Raises `Refusal` unless active, and without a reason."""
    return _change(volunteer, _PAUSED, since={_ACTIVE}, actor=actor, reason=reason)


def withdraw_volunteer(volunteer: Volunteer, *, actor: Actor, reason: str) -> Volunteer:
    """Leaves; what was served stays on record (GB/T 40143-2021: ten years or more).

    Raises `Refusal` for somebody who has left already, and without a reason.
    """
    return _change(volunteer, _WITHDRAWN, since={_ACTIVE, _PAUSED}, actor=actor, reason=reason)


def reactivate_volunteer(volunteer: Volunteer, *, actor: Actor, reason: str) -> Volunteer:
    """Serves again. Raises `Refusal` for somebody who is active, and without a reason."""
    return _change(volunteer, _ACTIVE, since={_PAUSED, _WITHDRAWN}, actor=actor, reason=reason)


@transaction.atomic
def _change(
    volunteer: Volunteer,
    state: VolunteerState,
    *,
    since: Collection[VolunteerState],
    actor: Actor,
    reason: str,
) -> Volunteer:
    actor.must("volunteers.edit")
    reason = reason_given(reason)
    locked = Volunteer.objects.select_for_update().get(pk=volunteer.pk)
    if locked.state not in since:
        message = _("{name} is “{state}” already; nothing was changed.")
        said = message.format(name=locked.name, state=locked.get_state_display())
        raise Refusal(said, code="state_unchanged")
    locked.state = state
    with because(reason):
        locked.save(update_fields=["state"])
    return locked
