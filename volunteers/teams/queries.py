"""Reads of teams."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from volunteers.teams.models import TeamMember

__all__ = ["TeamMemberQuerySet"]

# Of an organisation volunteers may read its public columns only.
_OWN_COLUMNS = ("role", "group", "joined_at", "ended_at", "end_reason")


class TeamMemberQuerySet(models.QuerySet["TeamMember"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Who belongs to the team today."""
        return self.filter(ended_at__isnull=True)

    def of_team(self, organization_id: int) -> Self:
        """Of that organisation, those who stand."""
        return self.filter(organization=organization_id).standing()

    def of_person(self, volunteer_id: int | None) -> Self:
        """Of that volunteer, with the team's name, and what a volunteer may read of it."""
        mine = self.filter(volunteer=volunteer_id or 0).select_related("organization")
        return mine.only(*_OWN_COLUMNS, "organization__name")

    def group_sizes(self) -> dict[str, int]:
        """How many are in each group, by its name; "" are those in none."""
        counted = self.order_by("group").values_list("group").annotate(n=Count("pk"))
        return dict(counted.values_list("group", "n"))
