"""Reads of spot checks, and the statements that draw a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from volunteers.spotchecks.models import SpotCheck, SpotCheckItem

__all__ = ["DRAW", "FRAME", "SpotCheckItemQuerySet", "SpotCheckQuerySet"]

# Nobody reads what was drawn beforehand: the hash of seed and id orders the frame.
_FRAME = """
    SELECT r.id, r.volunteer_name, r.activity_title, r.served_on, r.minutes
    FROM volunteers_servicerecord r
    WHERE r.state = 'confirmed' AND r.served_on BETWEEN %(first)s AND %(last)s
      AND r.committee_id >= %(scope)s AND r.committee_id < %(scope)s || '{'
"""
FRAME = """
    SELECT count(*), encode(sha256(convert_to(
               coalesce(string_agg(id::text, ',' ORDER BY id), ''), 'UTF8')), 'hex')
    FROM (<frame> LIMIT %(most)s) frame
""".replace("<frame>", _FRAME)
DRAW = """
    SELECT id, volunteer_name, activity_title, served_on, minutes FROM (<frame>) frame
    ORDER BY sha256(convert_to(%(seed)s || ':' || id::text, 'UTF8')), id LIMIT %(size)s
""".replace("<frame>", _FRAME)


class SpotCheckQuerySet(models.QuerySet["SpotCheck"]):
    """Filters that compose."""

    def published(self) -> Self:
        """Those whose outcome stands."""
        return self.filter(published_at__isnull=False)


class SpotCheckItemQuerySet(models.QuerySet["SpotCheckItem"]):
    """Filters that compose."""

    def tally(self) -> dict[str, int]:
        """How many were found to be what; the empty key counts those not looked at."""
        return dict(self.order_by().values_list("finding").annotate(Count("pk")))
