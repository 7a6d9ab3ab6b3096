"""Reads of the registry."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.tenancy.keys import CHARACTERS_PER_TIER, tier_of

if TYPE_CHECKING:
    from volunteers.registry.models import Volunteer

__all__ = ["VolunteerQuerySet", "tier_filter"]


def tier_filter(path: str) -> Q:
    """Rows of a tiered table at or below ``path``, as an equality with the tier's column."""
    if not path:
        return Q(pk__in=[])
    tier = tier_of(path)
    column = f"tier{tier}" if len(path) < CHARACTERS_PER_TIER * 4 else "committee_id"
    return Q(**{column: path})


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing."""
        return self.filter(tier_filter(path))

    def active(self) -> Self:
        """Those who serve."""
        return self.filter(state="active")
