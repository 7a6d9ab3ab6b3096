"""Reads of leaders, within what their policies show."""

from __future__ import annotations

from volunteers.activities.models import Shift
from volunteers.activities.queries import ShiftQuerySet
from volunteers.signups.models import SignUp
from volunteers.teams.models import TeamMember

__all__ = ["led_shifts", "list_of", "team_of"]

_ACTIVITY = ("title", "place", "state", "organization", "responsible_person", "responsible_phone")
_SHIFT = ("starts_at", "ends_at", "places", "reserve", "taken", "waiting", "cancelled_at")


def led_shifts() -> ShiftQuerySet:
    """Shifts of the calls that a leader may read, with what leaders need of those."""
    columns = [f"activity__{name}" for name in _ACTIVITY]
    named = Shift.objects.select_related("activity", "activity__committee")
    return named.only(*_SHIFT, "activity", "committee", *columns, "activity__committee__full_name")


def team_of(organization_id: int) -> list[TeamMember]:
    """Its members, group by group, in the order of their coming."""
    return list(TeamMember.objects.of_team(organization_id).order_by("group", "pk"))


def list_of(shift: Shift) -> list[SignUp]:
    """Who is on the list, as far as the leader may read it, in the order of their coming."""
    return list(SignUp.objects.filter(shift=shift).order_by("pk"))
