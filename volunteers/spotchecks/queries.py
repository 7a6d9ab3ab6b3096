"""Reads of spot checks, and the statements that draw a sample."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from volunteers.spotchecks.models import SpotCheck, SpotCheckItem

__all__ = [
    "DRAW",
    "DROP_FRAME",
    "FRAME_IDS",
    "FRAME_UP_TO",
    "KEEP_FRAME",
    "SpotCheckItemQuerySet",
    "SpotCheckQuerySet",
]

_FRAME = """
    SELECT r.id FROM volunteers_servicerecord r
    WHERE r.state = 'confirmed' AND r.served_on BETWEEN %(first)s AND %(last)s
      AND r.committee_id >= %(scope)s AND r.committee_id < %(scope)s || '{'
"""
FRAME_UP_TO = """
    SELECT count(*) FROM (<frame> LIMIT %(most)s) frame
""".replace("<frame>", _FRAME)
# Seen once: what is confirmed while the sample is drawn belongs to neither digest nor sample.
KEEP_FRAME = f"CREATE TEMPORARY TABLE spot_check_frame ON COMMIT DROP AS {_FRAME}"
DROP_FRAME = "DROP TABLE spot_check_frame"
FRAME_IDS = "SELECT id FROM spot_check_frame ORDER BY id"
# Nobody reads what was drawn beforehand: the hash of seed and id orders the frame.
DRAW = """
    WITH drawn AS (
        SELECT id, row_number() OVER (ORDER BY hash, id) AS position FROM (
            SELECT id, sha256(convert_to(%(seed)s || ':' || id::text, 'UTF8')) AS hash
            FROM spot_check_frame ORDER BY hash, id LIMIT %(size)s
        ) first
    )
    SELECT r.id, r.committee_id, r.volunteer_name, r.activity_title, r.served_on, r.minutes
    FROM drawn JOIN volunteers_servicerecord r USING (id) ORDER BY drawn.position
"""


class SpotCheckQuerySet(models.QuerySet["SpotCheck"]):
    """Filters that compose."""

    def published(self) -> Self:
        """Those whose outcome stands."""
        return self.filter(published_at__isnull=False)

    def drawn_below(self, path: str) -> Self:
        """Drawn by that committee or one below it: what it may work on, not only read."""
        return self.filter(at_or_below(path))


class SpotCheckItemQuerySet(models.QuerySet["SpotCheckItem"]):
    """Filters that compose."""

    def tally(self) -> dict[str, int]:
        """How many were found to be what; the empty key counts those not looked at."""
        return dict(self.order_by().values_list("finding").annotate(Count("pk")))

    def to_mend(self, path: str) -> Self:
        """Found wrong and published, and still counting: for who keeps the record or drew it."""
        return self.filter(
            models.Q(record_committee_id=path) | models.Q(committee_id=path),
            finding="wrong",
            check_of__published_at__isnull=False,
            record__state__in=["submitted", "confirmed"],
        )
