"""Dashboards from rollups beside the direct sums, what the rollups cost, and how old they get."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from statistics import median
from typing import Any

import psycopg
from django.utils import timezone

from core.tenancy.owner import owner_connection
from core.tenancy.scope import acting_as
from organizations.committees.models import Committee
from portal.dashboard.queries import months_back, overview
from tests.benchmarks.figures import Figure, at_most, told
from tests.benchmarks.freshness import ages_after_confirming
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import seconds_of, sql_seconds, statements_of
from volunteers.totals.domain import recount_dirty_months

__all__ = ["measure"]

BULK_ROWS = 20_000
_MARKING = ("mark_hours_insert", "mark_hours_update")

# What a dashboard of the level below would ask of the records themselves.
_DIRECTLY = """
    SELECT left(committee_id, %(width)s), date_trunc('month', served_on),
           sum(minutes), count(*), count(DISTINCT volunteer_id)
    FROM volunteers_servicerecord
    WHERE state = 'confirmed' AND committee_id >= %(path)s AND committee_id < %(path)s || '{'
      AND served_on >= %(first)s
    GROUP BY 1, 2
"""
# Copies of what stands, a few years earlier, confirmed as by an import from another system.
_INSERT = """
    INSERT INTO volunteers_servicerecord (
        volunteer_id, volunteer_name, volunteer_number, committee_id, sheet_id, activity_title,
        kind, served_on, during, minutes, note, source, state, voided, recorded_by_label,
        recorded_at, confirmed_by_label, confirmed_at, void_reason)
    SELECT volunteer_id, volunteer_name, volunteer_number, committee_id, sheet_id, activity_title,
        kind, served_on - 1461, tstzrange(lower(during) - interval '1461 days',
        upper(during) - interval '1461 days'), minutes, note, source, 'confirmed', false,
        recorded_by_label, recorded_at, 'benchmark', recorded_at, ''
    FROM volunteers_servicerecord WHERE state = 'confirmed' ORDER BY id LIMIT %(rows)s
"""
_CONFIRM = """
    UPDATE volunteers_servicerecord SET state = 'confirmed', confirmed_at = now(),
        confirmed_by_label = 'benchmark'
    WHERE id IN (SELECT id FROM volunteers_servicerecord WHERE state = 'submitted'
                 ORDER BY id LIMIT %(rows)s)
"""


def measure(stage: Stage) -> list[Figure]:
    """Reads first, then writes that are taken back."""
    with owner_connection() as owner:
        return [
            *(_dashboard(area) for area in (stage.province, stage.city, stage.county)),
            _bulk_write(owner, f"bulk insert of {BULK_ROWS:,}", _INSERT),
            _bulk_write(owner, f"bulk confirmation of {BULK_ROWS:,}", _CONFIRM),
            _recount(owner, stage.county),
            _freshness(stage),
        ]


def _dashboard(area: Area) -> Figure:
    today = timezone.localdate()
    month = today.replace(day=1)
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        committee = Committee.objects.get(pk=area.path)
        ours = sql_seconds(statements_of(lambda: overview(committee, month=month, on=today)))
        directly = {
            "path": area.path,
            "width": len(area.path) + 4,
            "first": months_back(month, 23),
        }
        peer = sql_seconds([(_DIRECTLY, directly)], rounds=3)
    return at_most(
        f"dashboard of a {committee.level}, SQL",
        ours * 1000,
        "ms",
        limit=10.0,
        peer=f"{peer * 1000:,.0f} ms direct group-by",
        ratio=f"{peer / ours:,.0f} ×",
    )


def _bulk_write(owner: psycopg.Connection[Any], name: str, statement: str) -> Figure:
    """In turns with and without the triggers that mark months, each time taken back."""

    def write() -> None:
        owner.execute(statement, {"rows": BULK_ROWS})

    pairs = []
    for _ in range(4):
        with _taken_back(owner):
            marked = seconds_of(write)
        with _taken_back(owner):
            for trigger in _MARKING:
                owner.execute(f"ALTER TABLE volunteers_servicerecord DISABLE TRIGGER {trigger}")
            pairs.append((marked, seconds_of(write)))
    ours, peer = (median(pair[side] for pair in pairs[1:]) for side in (0, 1))
    owner.execute("VACUUM volunteers_servicerecord, volunteers_servicerecordhistory")
    return at_most(
        name,
        ours / peer,
        "×",
        limit=2.2,
        peer=f"{peer:.2f} s without rollups",
        ratio=f"{ours:.2f} s",
    )


@contextmanager
def _taken_back(owner: psycopg.Connection[Any]) -> Iterator[None]:
    with owner.transaction(force_rollback=True):
        yield


def _recount(owner: psycopg.Connection[Any], area: Area) -> Figure:
    """What the clock's ring costs after a change in one committee's fullest month."""
    month = months_back(timezone.localdate().replace(day=1), 2)
    recount_dirty_months()
    taken = []
    for _ in range(3):
        owner.execute(
            "INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)"
            " VALUES ('hours', %s, %s, now())",
            [area.path, month],
        )
        taken.append(seconds_of(recount_dirty_months))
    return told("recount of a month, in the background", median(taken), "s")


def _freshness(stage: Stage) -> Figure:
    ages = ages_after_confirming(stage)
    return at_most(
        f"age of totals after a confirmation, oldest of {len(ages)}",
        max(ages),
        "s",
        limit=5.0,
        peer=f"{median(ages):.1f} s median",
    )
