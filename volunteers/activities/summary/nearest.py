"""Shifts around somebody, the nearest first."""

from __future__ import annotations

from typing import Any

from core.geo.points import Point
from core.web.keyset import Page
from volunteers.activities.models import Shift
from volunteers.activities.queries import ShiftQuerySet

__all__ = ["AROUND_METRES", "nearest_first"]

# As far as people go for two hours of service, in the country too.
AROUND_METRES = 30_000
_MOST = 60


def nearest_first(shifts: ShiftQuerySet, point: Point) -> Page[Shift]:
    """Those of ``shifts`` around ``point``, each with ``metres``; those of one place by time.

    One page, as far as people go. One query.
    """
    around: Any = shifts.near(point, AROUND_METRES)
    return Page(list(around.order_by("metres", "starts_at", "pk")[:_MOST]), "")
