"""A leader signs members up: all of those chosen have a place, or nobody has."""

from __future__ import annotations

from collections.abc import Collection

from django.db import transaction
from django.utils.translation import gettext as _

from core.tenancy.roles import Role
from core.tenancy.scope import Proof, Scope
from core.web.refusals import Refusal
from organizations.accounts.access import ActorRole
from organizations.accounts.actors import Actor
from volunteers.activities.models import Shift
from volunteers.signups.domain import placed_together
from volunteers.signups.models import SignUp
from volunteers.teams.models import TeamMember

__all__ = ["sign_up_members"]

# As the login role, which reads no team: the function answers yes or no for one person.
_MEMBER_IS_LED = "SELECT 1 WHERE volunteers_leads(%s, %s, %s)"


@transaction.atomic
def sign_up_members(shift: Shift, *, actor: Actor, members: Collection[int]) -> list[SignUp]:
    """Gives each of the own team's ``members`` (keys of memberships) a place in the shift.

    Each is judged as alone, in a scope of that person which the leadership proves; it ends with the
    judgement. Raises `Refusal` and signs up nobody for who is no member, where one does not fit, or
    the places are too few.
    """
    actor.must("led.signup")
    leadership = actor.leadership
    if leadership is None:
        raise Refusal(_("You lead no team."), code="no_team")
    team = TeamMember.objects.of_team(leadership.organization_id)
    found = list(team.filter(pk__in=members).order_by("pk"))
    if len(found) != len(set(members)):
        message = _("Somebody of those chosen has left the team. Look again, then choose anew.")
        raise Refusal(message, code="no_member")
    people = [(each.volunteer_name, _acting_for(each, actor)) for each in found]
    return placed_together(shift, people, by=actor, team=leadership.organization_id)


def _acting_for(member: TeamMember, actor: Actor) -> Actor:
    leadership = actor.leadership.pk if actor.leadership else 0
    proof = Proof(_MEMBER_IS_LED, (leadership, actor.scope.user, member.volunteer_id))
    scope = Scope(
        role=Role.VOLUNTEER,
        user=actor.scope.user,
        volunteer=member.volunteer_id,
        label=actor.label,
        proof=proof,
    )
    return Actor(role=ActorRole.VOLUNTEER, scope=scope, user=actor.user)
