"""Recounting: totals follow the records cell by cell, exactly.

Every change of a confirmed record marks its committee's month in the same transaction (a
statement trigger, so that no way of writing can forget it). The recount takes all marks that it
sees and then, in a statement of its own with a newer snapshot, counts those months from the
records: whatever was committed when its mark was taken is in the count, whatever commits later
has left a mark for the next recount.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import connection
from django.db.backends.utils import CursorWrapper
from django.utils import timezone

from core.tenancy.keys import CHARACTERS_PER_TIER, MAX_TIER, ancestor_keys
from core.tenancy.scope import Scope, acting_as
from volunteers.deadlines.summary import due_days
from volunteers.totals.models import Subject

__all__ = ["Recount", "mark_everything", "recount_dirty_months"]

JOB_SCOPE = Scope.for_job("recount totals")

_TRY_LOCK = "SELECT pg_try_advisory_xact_lock(hashtext('volunteers.totals'))"
_DIRTY_MONTHS = """
    SELECT subject, month FROM volunteers_dirtycell GROUP BY 1, 2 ORDER BY month DESC, subject
"""
_TAKE_MARKS = """
    WITH taken AS (
        DELETE FROM volunteers_dirtycell WHERE subject = %s AND month = %s
        RETURNING committee_path
    )
    SELECT DISTINCT committee_path FROM taken
"""
# A record is on time when it was entered before the day after its due day began, which follows from
# the day of service and what the province says: a row for each day of the month and province.
# Two scans of the month's index, and the tiers are folded from what they give. Nothing outside the
# provinces concerned is read: people who serve in several committees are counted once in what lies
# above them. Nearly everybody serves in one: only the few others are looked at tier by tier.
_COUNT_HOURS = """
    CREATE TEMP TABLE counted_hours ON COMMIT DROP AS
    SELECT committee_id, kind, sum(minutes) AS minutes, count(*) AS records,
           count(*) FILTER (WHERE recorded_at < due.passed_at) AS on_time
    FROM volunteers_servicerecord
    JOIN unnest(%(days)s::date[], %(of)s::text[], %(passed_at)s::timestamptz[])
             AS due (day, province, passed_at)
      ON due.day = served_on AND due.province = left(committee_id, %(province)s)
    WHERE state = 'confirmed' AND served_on >= %(month)s
      AND served_on < (%(month)s::date + interval '1 month')
      AND left(committee_id, %(province)s) = ANY(%(provinces)s)
    GROUP BY committee_id, kind
"""
# A bit for each kind: one row a person holds all the kinds that the person served in.
_NUMBER_KINDS = """
    CREATE TEMP TABLE counted_kinds ON COMMIT DROP AS
    SELECT kind, 1::bigint << (row_number() OVER () - 1)::int AS bit
    FROM (SELECT DISTINCT kind FROM counted_hours) occurring
"""
_COUNT_PEOPLE = """
    CREATE TEMP TABLE counted_people ON COMMIT DROP AS
    SELECT volunteer_id, min(committee_id) AS committee_id,
           min(committee_id) <> max(committee_id) AS roams, bit_or(bit) AS kinds
    FROM volunteers_servicerecord JOIN counted_kinds USING (kind)
    WHERE state = 'confirmed' AND served_on >= %(month)s
      AND served_on < (%(month)s::date + interval '1 month')
      AND left(committee_id, %(province)s) = ANY(%(provinces)s)
    GROUP BY volunteer_id
"""
_FOLD_HOURS = """
    WITH tier AS (SELECT unnest(%(widths)s::int[]) AS width),
    settled AS (
        SELECT committee_id, kinds, count(*) AS volunteers
        FROM counted_people WHERE NOT roams GROUP BY committee_id, kinds
    ), roaming AS (
        SELECT record.committee_id, volunteer_id, bit_or(bit) AS kinds
        FROM volunteers_servicerecord record
        JOIN counted_people person USING (volunteer_id) JOIN counted_kinds USING (kind)
        WHERE person.roams AND record.state = 'confirmed' AND served_on >= %(month)s
          AND served_on < (%(month)s::date + interval '1 month')
          AND left(record.committee_id, %(province)s) = ANY(%(provinces)s)
        GROUP BY record.committee_id, volunteer_id
    ), people AS (
        SELECT left(committee_id, width) AS path, kinds, sum(volunteers) AS volunteers
        FROM settled JOIN tier ON width <= length(committee_id) GROUP BY 1, 2
        UNION ALL
        SELECT path, kinds, count(*) FROM (
            SELECT left(committee_id, width) AS path, bit_or(kinds) AS kinds
            FROM roaming JOIN tier ON width <= length(committee_id) GROUP BY 1, volunteer_id
        ) once GROUP BY 1, 2
    ), people_of_kind AS (
        SELECT path, kind, sum(volunteers) AS volunteers
        FROM people JOIN counted_kinds ON kinds & bit <> 0 GROUP BY path, kind
        UNION ALL
        SELECT path, '', sum(volunteers) FROM people GROUP BY path
    ), hours AS (
        SELECT left(committee_id, width) AS path, coalesce(kind, '') AS kind,
               sum(minutes) AS minutes, sum(records) AS records, sum(on_time) AS on_time
        FROM counted_hours JOIN tier ON width <= length(committee_id)
        GROUP BY GROUPING SETS ((1, counted_hours.kind), (1))
    ), cells AS (
        SELECT path, kind, minutes, records, volunteers, on_time
        FROM hours JOIN people_of_kind USING (path, kind) WHERE path = ANY(%(paths)s)
    ), written AS (
        INSERT INTO volunteers_hourstotal
            (committee_id, month, kind, minutes, records, volunteers, on_time, computed_at)
        SELECT path, %(month)s, kind, minutes, records, volunteers, on_time, statement_timestamp()
        FROM cells
        ON CONFLICT (committee_id, month, kind) DO UPDATE
            SET minutes = excluded.minutes, records = excluded.records,
                volunteers = excluded.volunteers, on_time = excluded.on_time,
                computed_at = excluded.computed_at
    )
    DELETE FROM volunteers_hourstotal total
    WHERE month = %(month)s AND committee_id = ANY(%(paths)s)
      AND NOT EXISTS (SELECT FROM cells WHERE path = total.committee_id AND kind = total.kind)
"""
_COUNT_REGISTRY = """
    CREATE TEMP TABLE counted_volunteers ON COMMIT DROP AS
    SELECT committee_id, count(*) AS volunteers
    FROM volunteers_volunteer
    WHERE state = 'active' AND registered_on >= %(month)s
      AND registered_on < (%(month)s::date + interval '1 month')
      AND left(committee_id, %(province)s) = ANY(%(provinces)s)
    GROUP BY committee_id
"""
_FOLD_REGISTRY = """
    WITH cells AS (
        SELECT left(committee_id, width) AS path, sum(volunteers) AS volunteers
        FROM counted_volunteers
        JOIN unnest(%(widths)s::int[]) AS width ON width <= length(committee_id)
        WHERE left(committee_id, width) = ANY(%(paths)s) GROUP BY 1
    ), written AS (
        INSERT INTO volunteers_registrytotal (committee_id, month, volunteers, computed_at)
        SELECT path, %(month)s, volunteers, statement_timestamp() FROM cells
        ON CONFLICT (committee_id, month) DO UPDATE
            SET volunteers = excluded.volunteers, computed_at = excluded.computed_at
    )
    DELETE FROM volunteers_registrytotal total
    WHERE month = %(month)s AND committee_id = ANY(%(paths)s)
      AND NOT EXISTS (SELECT FROM cells WHERE path = total.committee_id)
"""
_STATEMENTS = {
    Subject.HOURS: (
        _COUNT_HOURS,
        _NUMBER_KINDS,
        _COUNT_PEOPLE,
        _FOLD_HOURS,
        "DROP TABLE counted_hours, counted_kinds, counted_people",
    ),
    Subject.REGISTRY: (_COUNT_REGISTRY, _FOLD_REGISTRY, "DROP TABLE counted_volunteers"),
}
_SET_CLOCK = """
    INSERT INTO volunteers_recountclock (id, as_of) VALUES (1, %s)
    ON CONFLICT (id) DO UPDATE SET as_of = greatest(volunteers_recountclock.as_of, excluded.as_of)
"""
_MARK_EVERYTHING = """
    INSERT INTO volunteers_dirtycell (subject, committee_path, month, marked_at)
    SELECT 'hours', committee_id, date_trunc('month', served_on)::date, clock_timestamp()
    FROM volunteers_servicerecord GROUP BY 2, 3
    UNION ALL
    SELECT 'hours', committee_id, month, clock_timestamp()
    FROM volunteers_hourstotal GROUP BY 2, 3
    UNION ALL
    SELECT 'registry', committee_id, date_trunc('month', registered_on)::date, clock_timestamp()
    FROM volunteers_volunteer GROUP BY 2, 3
    UNION ALL
    SELECT 'registry', committee_id, month, clock_timestamp() FROM volunteers_registrytotal
"""


@dataclass(frozen=True, slots=True)
class Recount:
    """What a recount did: months counted, and committees in them, ancestors included."""

    months: int = 0
    committees: int = 0


def recount_dirty_months() -> Recount:
    """Recounts the marked months, the newest first, each in a transaction of its own.

    Opens its own scopes, so call it outside of one. Two at a time do not double the work: the
    second finds the lock taken and leaves the marks to the first. Afterwards the clock says that
    all that was committed before the recount began is counted.
    """
    started, months = _dirty_months()
    committees = 0
    for subject, month in months:
        counted = _recount_marked(subject, month)
        if counted is None:
            return Recount()
        committees += counted
    with acting_as(JOB_SCOPE), connection.cursor() as cursor:
        cursor.execute(_SET_CLOCK, [started])
    return Recount(len(months), committees)


def mark_everything() -> None:
    """Marks every month that has rows or totals; for repairs and for comparing in tests."""
    with acting_as(JOB_SCOPE, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_MARK_EVERYTHING)


def _dirty_months() -> tuple[datetime, list[tuple[Subject, date]]]:
    with acting_as(JOB_SCOPE), connection.cursor() as cursor:
        cursor.execute("SELECT clock_timestamp()")
        started: datetime = _value(cursor)
        cursor.execute(_DIRTY_MONTHS)
        return started, [(Subject(subject), month) for subject, month in cursor.fetchall()]


def _recount_marked(subject: Subject, month: date) -> int | None:
    """The number of committees recounted; None while another recount is at it."""
    with acting_as(JOB_SCOPE, statement_timeout_ms=0), connection.cursor() as cursor:
        cursor.execute(_TRY_LOCK)
        if not _value(cursor):
            return None
        cursor.execute(_TAKE_MARKS, [subject, month])
        paths = _with_ancestors(path for (path,) in cursor.fetchall())
        _count_month(subject, month, paths)
        return len(paths)


def _count_month(subject: Subject, month: date, paths: Sequence[str]) -> None:
    provinces = sorted({path[:CHARACTERS_PER_TIER] for path in paths})
    parameters: dict[str, Any] = {
        "month": month,
        "paths": list(paths),
        "provinces": provinces,
        "province": CHARACTERS_PER_TIER,
        "widths": [CHARACTERS_PER_TIER * tier for tier in range(1, MAX_TIER + 1)],
    }
    if subject == Subject.HOURS:
        parameters |= _due_moments(provinces, month)
    with connection.cursor() as cursor:
        # Hashing a province's month needs more than the default before it spills to disk.
        cursor.execute("SET LOCAL work_mem = '128MB'")
        for statement in _STATEMENTS[subject]:
            cursor.execute(statement, parameters)


def _due_moments(provinces: Sequence[str], month: date) -> dict[str, list[Any]]:
    """The moment at which each day's records become late, for each day and province."""
    last = (month.replace(day=28) + timedelta(days=4)).replace(day=1) - timedelta(days=1)
    zone = timezone.get_default_timezone()
    rows = [
        (day, province, datetime.combine(due + timedelta(days=1), time.min, tzinfo=zone))
        for province in provinces
        for day, due in due_days(province, first=month, last=last).items()
    ]
    return {
        "days": [day for day, _province, _moment in rows],
        "of": [province for _day, province, _moment in rows],
        "passed_at": [moment for _day, _province, moment in rows],
    }


def _with_ancestors(paths: Iterable[str]) -> list[str]:
    return sorted({key for path in paths for key in ancestor_keys(path)})


def _value(cursor: CursorWrapper) -> Any:
    row = cursor.fetchone()
    return row[0] if row else None
