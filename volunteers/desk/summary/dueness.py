"""Until when a draft is to be submitted: what counts in the statutory limit is the record."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from core.workbooks.cells import parse_date
from core.workbooks.errors import CellError
from core.workdays import due_day
from volunteers.deadlines.summary import Clock, clock_of
from volunteers.desk.models import Draft, DraftRow, RowState
from volunteers.desk.pasting import with_year

__all__ = ["Due", "due_of"]


@dataclass(frozen=True, slots=True)
class Due:
    """The last day on which the earliest service among a draft's rows is recorded in time."""

    day: date
    is_late: bool


def due_of(drafts: Collection[Draft], *, path: str) -> Mapping[UUID, Due]:
    """By the key of the draft, those left out in which no row has a day yet. Two queries."""
    if not drafts:
        return {}
    clock = clock_of(path)
    common = {draft.pk: draft.date for draft in drafts}
    rows = DraftRow.objects.filter(draft__in=common, removed=False).exclude(
        state__in=[RowState.EMPTY, RowState.SUBMITTED]
    )
    earliest: dict[UUID, date] = {}
    for key, own in rows.values_list("draft_id", "date").distinct():
        day = _day(own.strip() or common[key].strip(), clock)
        if day is not None:
            earliest[key] = min(day, earliest.get(key, day))
    return {key: _due(day, clock) for key, day in earliest.items()}


def _due(day: date, clock: Clock) -> Due:
    return Due(due_day(day, clock.days), is_late=day < clock.first_in_time)


def _day(text: str, clock: Clock) -> date | None:
    """The day of service, None for what the check says something about."""
    with suppress(CellError):
        day = parse_date(with_year(text, today=clock.today))
        return day if day is not None and day <= clock.today else None
    return None
