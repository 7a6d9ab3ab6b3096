"""A team of the demonstration: an organisation of the ledger with a leader and two groups."""

from __future__ import annotations

from django.utils import timezone

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.registry.models import Volunteer, VolunteerState
from volunteers.teams.domain import take_in
from volunteers.teams.models import TeamMember, TeamRole

__all__ = ["fill_a_team"]

_GROUPS = ("巡河", "急救")
_OF_GROUP = 4


def fill_a_team(*, secretary: Actor, leader: int) -> None:
    """The county's first organisation takes people in; the volunteer ``leader`` leads it. Once."""
    path = secretary.scope.committee
    with acting_as(secretary.scope):
        team = Organization.objects.below(path).active_on(timezone.localdate()).first()
        if team is None or TeamMember.objects.of_team(team.pk).exists():
            return
        first = Volunteer.objects.get(pk=leader)
        take_in(team, [first.number], actor=secretary, role=TeamRole.LEADER)
        others = (
            Volunteer.objects.below(path).filter(state=VolunteerState.ACTIVE).exclude(pk=leader)
        )
        numbers = list(
            others.order_by("pk").values_list("number", flat=True)[: _OF_GROUP * len(_GROUPS)]
        )
        for place, group in enumerate(_GROUPS):
            taken = numbers[place * _OF_GROUP : (place + 1) * _OF_GROUP]
            if taken:
                take_in(team, taken, actor=secretary, group=group)
