"""The SQL that finds people: each branch walks an index that row-level security leaves usable.

A county's policy compares ``tier3``, a city's ``tier2``, so each statement stands once for each
tier. What is compared is leakproof: equality, and ``^@`` on columns in the C collation.
"""

from __future__ import annotations

__all__ = ["BY_IDS", "BY_NAME", "BY_SPELLING", "BY_TAIL", "LAST_SERVED"]

# People of the newest records come first among those who fit: who served last week serves today.
RECENT_RECORDS = 500
# Enough to rank; more than a person reads.
ENOUGH = 40

_BELOW = {
    1: "v.tier1 = %(path)s",
    2: "v.tier2 = %(path)s",
    3: "v.tier3 = %(path)s",
    4: "v.committee_id = %(path)s AND v.tier3 = left(%(path)s, 12)",
}
_RECORDED = {1: "tier1", 2: "tier2", 3: "tier3", 4: "committee_id"}

_FIND = """
    WITH recent AS MATERIALIZED (
        SELECT r.volunteer_id, bool_or(r.activity_title = %(activity)s) AS same
        FROM (
            SELECT volunteer_id, activity_title FROM volunteers_servicerecord
            WHERE {recorded} = %(path)s ORDER BY id DESC LIMIT {records}
        ) r GROUP BY r.volunteer_id
    ), hits AS MATERIALIZED (
        (SELECT v.id FROM recent JOIN volunteers_volunteer v ON v.id = recent.volunteer_id
         WHERE {below} AND ({fits}))
        UNION
        {branches}
    )
    SELECT v.id
    FROM hits JOIN volunteers_volunteer v ON v.id = hits.id
    LEFT JOIN recent ON recent.volunteer_id = v.id
    WHERE v.state NOT IN ('withdrawn', 'merged', 'erased')
    ORDER BY {exact} DESC, coalesce(recent.same, false) DESC, recent.volunteer_id IS NULL,
             v.state <> 'active', v.name, v.id DESC
    LIMIT %(limit)s
"""
_BRANCH = """
    (SELECT v.id FROM volunteers_volunteer v WHERE {below} AND {condition}
     ORDER BY {order} LIMIT {enough})
"""


def _statements(*branches: tuple[str, str], exact: str) -> dict[int, str]:
    """One statement a tier; ``branches`` pair a condition with the order of its index."""
    fits = " OR ".join(condition for condition, _order in branches)
    return {
        tier: _FIND.format(
            recorded=_RECORDED[tier],
            records=RECENT_RECORDS,
            below=below,
            fits=fits,
            exact=exact,
            branches=" UNION ".join(
                _BRANCH.format(below=below, condition=condition, order=order, enough=ENOUGH)
                for condition, order in branches
            ),
        )
        for tier, below in _BELOW.items()
    }


BY_NAME = _statements(
    ("v.name ^@ %(name)s", "v.name"),
    ("v.given ^@ %(name)s", "v.given"),
    exact="(v.name = %(name)s)",
)
BY_SPELLING = _statements(
    ("v.initials ^@ %(spelling)s", "v.initials"),
    ("v.spelling ^@ %(spelling)s", "v.spelling"),
    exact="(v.initials = %(spelling)s OR v.spelling = %(spelling)s)",
)
_CALLED = "(v.name ^@ %(name)s OR v.given ^@ %(name)s)"
BY_TAIL = _statements(
    (f"v.phone_tail ^@ %(tail)s AND {_CALLED}", "v.phone_tail"),
    (f"v.identity_tail ^@ %(tail)s AND {_CALLED}", "v.identity_tail"),
    exact="(v.name = %(name)s)",
)
# Whom a whole number names.
BY_IDS = _statements(("v.id = ANY(%(ids)s)", "v.id DESC"), exact="(v.name = %(name)s)")

LAST_SERVED = """
    SELECT asked.id, (
        SELECT r.served_on FROM volunteers_servicerecord r
        WHERE r.volunteer_id = asked.id AND NOT r.voided
        ORDER BY r.served_on DESC LIMIT 1
    )
    FROM unnest(%(ids)s::bigint[]) AS asked (id)
"""
