"""A day has 24 hours: which rows of a sheet would give a volunteer more, over all records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import NamedTuple

from django.db import connection

from core.workbooks.results import RefusedRow
from volunteers.hours.imports.faults import HoursFault
from volunteers.hours.imports.statements import (
    FIND_FULL_DAYS,
    LEAVE_OUT,
    ROWS_OF_FULL_DAYS,
    STRETCHES_TAKEN,
)
from volunteers.hours.models import MINUTES_OF_A_DAY

__all__ = ["rows_past_the_day"]


class _Row(NamedTuple):
    """A sound row of a day that may become too long; ``counted`` are the day's minutes so far.

    ``stands`` says that a record without times says the same already.
    """

    row: int
    person: int
    served_on: date
    starts: datetime | None
    ends: datetime | None
    activity: str
    minutes: int
    counted: int
    stands: bool


@dataclass(slots=True)
class _Day:
    minutes: int
    taken: list[_Row] = field(default_factory=list)

    def takes(self, row: _Row) -> bool:
        """Whether there is room; a row that others stand in the way of takes none and is not asked.

        The grid counts the same way (`volunteers.desk.summary.checks`).
        """
        if any(_in_the_way(row, other) for other in self.taken):
            return True
        if self.minutes + row.minutes > MINUTES_OF_A_DAY:
            return False
        self.minutes += row.minutes
        self.taken.append(row)
        return True


def rows_past_the_day() -> list[RefusedRow]:
    """Rows after which a day would have more than 24 hours; they are left out of the insert.

    Records of every committee count. Everybody who is named in a sound row stays locked until the
    transaction ends: who enters hours for the same people waits, and then sees what was entered.
    """
    with connection.cursor() as cursor:
        cursor.execute(FIND_FULL_DAYS)
        cursor.execute(ROWS_OF_FULL_DAYS)
        rows = [_Row(*row) for row in cursor.fetchall()]
    refused = list(_past_the_day(rows, _overlapping(rows)))
    if refused:
        with connection.cursor() as cursor:
            cursor.execute(LEAVE_OUT, [[row.row for row in refused]])
    return refused


def _past_the_day(rows: list[_Row], overlapping: set[int]) -> Iterator[RefusedRow]:
    days: dict[tuple[int, date], _Day] = {}
    for row in rows:
        if row.stands or row.row in overlapping:
            continue
        day = days.setdefault((row.person, row.served_on), _Day(row.counted))
        if not day.takes(row):
            fault = HoursFault("day_is_full", day=row.served_on.isoformat())
            yield RefusedRow(row.row, "hours", fault)


def _overlapping(rows: list[_Row]) -> set[int]:
    """Rows at whose time something is recorded already, by whatever committee."""
    columns = defaultdict(list)
    for row in rows:
        for name in ("person", "served_on", "starts", "ends"):
            columns[name].append(getattr(row, name))
    if not rows:
        return set()
    with connection.cursor() as cursor:
        cursor.execute(STRETCHES_TAKEN, list(columns.values()))
        return {rows[place - 1].row for place, taken in cursor.fetchall() if taken}


def _in_the_way(row: _Row, other: _Row) -> bool:
    if row[3:7] == other[3:7]:
        return True
    if not (row.starts and row.ends and other.starts and other.ends):
        return False
    return row.starts < other.ends and other.starts < row.ends
