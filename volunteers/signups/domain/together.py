"""Signing up a family or a group: all of them have a place, or nobody has."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils.translation import gettext as _

from core.tenancy.scope import turned_to
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.activities.models import Shift
from volunteers.signups.domain.asking import sign_up
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["placed_together", "sign_up_together"]


@transaction.atomic
def sign_up_together(shift: Shift, *, actor: Actor, people: Sequence[Actor]) -> list[SignUp]:
    """Gives each of ``people``, all of the account that acts, a place in the shift.

    Each is judged as alone, in the own scope. Raises `Refusal` and signs up nobody where one does
    not fit (``sign_up``'s code, the sentence names who) or the places are too few (``too_few``).
    """
    actor.must("own.signup")
    return placed_together(shift, [(each.person_name, each) for each in people], by=actor)


def placed_together(
    shift: Shift, people: Sequence[tuple[str, Actor]], *, by: Actor, team: int | None = None
) -> list[SignUp]:
    """As `sign_up_together`, of people by name; the verb around it has asked who may, and for whom.

    Raises `PermissionDenied` for a scope of another account.
    """
    if not people:
        raise Refusal(_("Choose who comes."), code="nobody")
    placed = []
    for name, person in people:
        if person.scope.user is None or person.scope.user != by.scope.user:
            raise PermissionDenied
        placed.append(_signed_up(shift, name, person, all_of_them=len(people), team=team))
    return placed


def _signed_up(
    shift: Shift, name: str, person: Actor, *, all_of_them: int, team: int | None
) -> SignUp:
    with turned_to(person.scope):
        try:
            signup = sign_up(shift, actor=person, team=team)
        except Refusal as refused:
            if refused.code != "full":
                message = _("{name}: {reason} Nobody has been signed up.")
                message = message.format(name=name, reason=refused)
                raise Refusal(message, code=refused.code) from refused
            signup = None
    if signup is None or signup.state != SignUpState.PLACED:
        message = _("There are not places for all {n} of you. Nobody has been signed up.")
        raise Refusal(message.format(n=all_of_them), code="too_few")
    return signup
