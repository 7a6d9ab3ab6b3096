"""Coverage: in how many counties an organisation stands, and in how many a standardised one."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date

from django.db import connection

__all__ = ["Coverage", "coverage"]

# Counties are those that exist on the day; campuses and zones at that level do not count. One
# committee and those right below it come from one pass over the counties.
_COVERAGE = """
    WITH county AS (
        SELECT c.path, standing.established, coalesce(standing.standardised, false) AS standardised
        FROM organizations_committee c
        CROSS JOIN LATERAL (
            SELECT count(*) > 0 AS established,
                   bool_or(coalesce(o.standardised_on <= %(day)s::date, false)
                           AND coalesce(o.standardised_until > %(day)s::date, true)
                           OR %(day)s::date <@ ANY (o.earlier_standards)) AS standardised
            FROM organizations_organization o
            WHERE o.committee_id = c.path
              AND coalesce(o.founded_on <= %(day)s::date, true)
              AND coalesce(o.closed_on > %(day)s::date, true)
        ) standing
        WHERE c.path >= %(path)s AND c.path < %(path)s || '{'
          AND c.level = 'county' AND c.kind = 'regional'
          AND coalesce(c.opened_on <= %(day)s::date, true)
          AND coalesce(c.closed_on > %(day)s::date, true)
    )
    SELECT node.path, node.code, node.name, node.full_name, node.level,
           count(county.path),
           count(county.path) FILTER (WHERE county.established),
           count(county.path) FILTER (WHERE county.standardised)
    FROM organizations_committee node
    LEFT JOIN county ON county.path >= node.path AND county.path < node.path || '{'
    WHERE node.path = nullif(%(path)s, '')
       OR (node.parent_id = nullif(%(path)s, '') AND node.kind = 'regional'
           AND coalesce(node.opened_on <= %(day)s::date, true)
           AND coalesce(node.closed_on > %(day)s::date, true))
    GROUP BY node.path
    ORDER BY length(node.path), node.code
"""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Counties below one committee on one day; ``children`` are the committees right below it.

    ``established`` counts counties with an active organisation of their own, ``standardised``
    those with a standardised one. A city without counties has none and no rate.
    """

    path: str
    code: str
    name: str
    full_name: str
    level: str
    counties: int
    established: int
    standardised: int
    on: date = field(kw_only=True)
    children: tuple[Coverage, ...] = field(default=(), kw_only=True)

    @property
    def established_rate(self) -> float | None:
        """A fraction with four decimals, None without counties."""
        return _rate(self.established, self.counties)

    @property
    def standardised_rate(self) -> float | None:
        """A fraction with four decimals, None without counties."""
        return _rate(self.standardised, self.counties)


def coverage(*, path: str, on: date) -> Coverage:
    """Coverage on the day ``on`` of the committee with that key, and of each right below it.

    One statement, within what the open scope sees. Raises `LookupError` where the committee is
    not visible; an empty ``path`` is no committee.
    """
    with connection.cursor() as cursor:
        cursor.execute(_COVERAGE, {"path": path, "day": on})
        rows = cursor.fetchall()
    if not rows or rows[0][0] != path:
        message = f"No committee {path!r} within the scope."
        raise LookupError(message)
    children = tuple(Coverage(*row, on=on) for row in rows[1:])
    return Coverage(*rows[0], on=on, children=children)


def _rate(part: int, whole: int) -> float | None:
    return round(part / whole, 4) if whole else None
