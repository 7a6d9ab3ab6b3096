"""Reads of stations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from volunteers.stations.models import Station

__all__ = ["StationQuerySet"]


class StationQuerySet(models.QuerySet["Station"]):
    """Filters that compose."""

    def standing_on(self, day: date) -> Self:
        """Not closed on that day."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=day))

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))
