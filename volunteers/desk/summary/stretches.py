"""What stands in the way of stretches of service: records seen and unseen, and full days."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection
from django.utils import timezone

from core.workbooks.results import ALREADY_RECORDED
from volunteers.desk.summary.faults import DeskFault
from volunteers.hours.imports.parsing import Stretch

__all__ = ["Taken", "what_is_taken"]

_TAKEN = "SELECT * FROM volunteers_stretches_taken(%s, %s, %s, %s, %s, %s)"

# One record that the scope shows and that stands in the way, the very same first.
_SEEN = """
    SELECT a.place, r.activity_title, lower(r.during), upper(r.during), r.same, h.title,
           r.recorded_at
    FROM unnest(%s::bigint[], %s::date[], %s::timestamptz[], %s::timestamptz[], %s::text[],
                %s::int[])
         WITH ORDINALITY AS a (person, day, starts, ends, activity, minutes, place)
    CROSS JOIN LATERAL (
        SELECT r.*, r.activity_title = a.activity AND r.minutes = a.minutes
                    AND lower(r.during) IS NOT DISTINCT FROM a.starts
                    AND upper(r.during) IS NOT DISTINCT FROM a.ends AS same
        FROM volunteers_servicerecord r
        WHERE r.volunteer_id = a.person AND NOT r.voided AND r.id <> ALL (%s::bigint[])
          AND r.served_on BETWEEN a.day - 1 AND a.day + 1
          AND (a.starts IS NOT NULL AND r.during && tstzrange(a.starts, a.ends)
               OR a.starts IS NULL AND r.during IS NULL AND r.served_on = a.day
                  AND r.activity_title = a.activity AND r.minutes = a.minutes)
        ORDER BY same DESC, r.id
        LIMIT 1
    ) r
    LEFT JOIN volunteers_hourssheet h ON h.id = r.sheet_id
"""


@dataclass(slots=True)
class Taken:
    """What the records say of one stretch: a fault or none, and the minutes of the day so far."""

    fault: DeskFault | None = None
    day_minutes: int = 0


class _Seen(NamedTuple):
    """A record in the way, as `_SEEN` gives it."""

    activity: str
    starts: datetime | None
    ends: datetime | None
    same: bool
    sheet: str | None
    recorded_at: datetime


def what_is_taken(
    stretches: Sequence[tuple[int, Stretch]],
    *,
    besides: Collection[int] = (),
    holding: bool = False,
) -> list[Taken]:
    """For each volunteer's key and stretch what stands in its way; two statements.

    Records of other committees count, and nothing is told of them but that they are there. The
    drafts ``besides`` stand in nobody's way. With ``holding`` the volunteers are locked until the
    transaction ends, so that what is free stays so.
    """
    if not stretches:
        return []
    people = [person for person, _stretch in stretches]
    columns: list[list[Any]] = [
        people,
        [stretch.served_on for _person, stretch in stretches],
        [stretch.starts for _person, stretch in stretches],
        [stretch.ends for _person, stretch in stretches],
    ]
    answers = [Taken() for _each in stretches]
    left_out = list(besides)
    with connection.cursor() as cursor:
        cursor.execute(_TAKEN, [*columns, holding, left_out])
        for place, taken, counted, gone in cursor.fetchall():
            answer = answers[place - 1]
            answer.day_minutes = counted
            if gone:
                answer.fault = DeskFault("withdrawn")
            elif taken:
                answer.fault = DeskFault("overlaps_elsewhere")
        titles = [stretch.activity for _person, stretch in stretches]
        minutes = [stretch.minutes for _person, stretch in stretches]
        cursor.execute(_SEEN, [*columns, titles, minutes, left_out])
        for place, *seen in cursor.fetchall():
            fault = answers[place - 1].fault
            if fault is None or fault.code != "withdrawn":
                answers[place - 1].fault = _fault_of(_Seen(*seen))
    return answers


def _fault_of(seen: _Seen) -> DeskFault:
    if seen.same:
        day = timezone.localtime(seen.recorded_at).date().isoformat()
        return DeskFault(ALREADY_RECORDED, date=day, sheet=seen.sheet or "")
    return DeskFault(
        "overlaps_record",
        activity=seen.activity,
        start=clock(seen.starts),
        end=clock(seen.ends),
    )


def clock(moment: datetime | None) -> str:
    """``14:00``, empty where it is not known."""
    return f"{timezone.localtime(moment):%H:%M}" if moment else ""
