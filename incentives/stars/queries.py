"""Reads of stars."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from incentives.stars.models import StarAward

__all__ = ["StarAwardQuerySet"]

# What was granted stays the person's while somebody decides about a loss.
HELD = ("granted", "doubted")


class StarAwardQuerySet(models.QuerySet["StarAward"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))

    def waiting(self) -> Self:
        """Somebody has to decide."""
        return self.filter(state__in=("reached", "doubted"))

    def decided_at_tier(self, tier: int) -> Self:
        """Waiting for somebody at that depth (1 for a province) or above it."""
        return self.waiting().filter(approval_tier__gte=tier)

    def held_by(self, volunteer_id: int) -> int:
        """How many stars a volunteer has: the highest rung granted; 0 for none."""
        mine = self.filter(volunteer=volunteer_id, state__in=HELD)
        return int(mine.aggregate(most=Max("stars"))["most"] or 0)
