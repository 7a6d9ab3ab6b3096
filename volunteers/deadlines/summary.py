"""What is due and what is late: records of service that are not recorded for good yet.

A record is on time when the day on which it was entered is not after its due day. The due day is
nowhere stored: it follows from the day of service, so every question becomes one about that day.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Count, Min
from django.utils import timezone

from core.workdays import due_day, first_day_in_time, working_days_until
from organizations.rules.summary import rules_for
from volunteers.deadlines.rules import RECORDING_DAYS
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.hours.queries.queue import sheets_awaiting_confirmation

__all__ = [
    "Clock",
    "Open",
    "Outlook",
    "clock_of",
    "due_days",
    "open_drafts",
    "outlook",
    "unconfirmed",
]

# So many working days before the end something is due soon.
SOON = 3
SHOWN = 100
SHEETS_LOOKED_AT = 100


@dataclass(frozen=True, slots=True)
class Clock:
    """The time limit as it stands today for one committee: ``days`` working days."""

    today: date
    days: int

    @property
    def first_in_time(self) -> date:
        """Service of earlier days is late."""
        return first_day_in_time(self.today, self.days)

    @property
    def first_not_soon(self) -> date:
        """Service of earlier days is late or due within `SOON` working days."""
        return first_day_in_time(due_day(self.today, SOON) + timedelta(days=1), self.days)


@dataclass(frozen=True, slots=True)
class Open:
    """Records of one sheet and day that are still to be handed in or confirmed."""

    sheet_id: int
    committee_id: str
    title: str
    served_on: date
    records: int
    due_on: date
    left: int
    sent_back: bool = False

    @property
    def is_late(self) -> bool:
        """Whether the due day has passed."""
        return self.left < 0


@dataclass(frozen=True, slots=True)
class Outlook:
    """How many sheets with drafts are late, and how many are due soon; the next due day's rest."""

    late: int
    soon: int
    least_left: int


def clock_of(path: str) -> Clock:
    """The time limit of the committee with that key, today."""
    return Clock(timezone.localdate(), rules_for(path)[RECORDING_DAYS])


def due_days(path: str, *, first: date, last: date) -> dict[date, date]:
    """For each day of service from ``first`` to ``last`` its due day. One query in a scope.

    What the rule says on the day of service holds.
    """
    days = [first + timedelta(days=step) for step in range((last - first).days + 1)]
    return {day: due_day(day, rules_for(path, on=day)[RECORDING_DAYS]) for day in days}


def open_drafts(path: str, clock: Clock) -> list[Open]:
    """Drafts and what was sent back that are late or due soon, the latest first. One query."""
    drafts = ServiceRecord.objects.below(path).filter(
        state=RecordState.DRAFT, served_on__lt=clock.first_not_soon
    )
    rows = (
        drafts.order_by("served_on", "sheet_id")
        .values("sheet_id", "committee_id", "served_on", "sheet__returned_at")
        .annotate(records=Count("pk"), title=Min("activity_title"))[:SHOWN]
    )
    return [
        _open(
            clock,
            sheet_id=row["sheet_id"],
            committee_id=row["committee_id"],
            title=row["title"],
            served_on=row["served_on"],
            records=row["records"],
            sent_back=row["sheet__returned_at"] is not None,
        )
        for row in rows
    ]


def unconfirmed(path: str, clock: Clock) -> list[Open]:
    """Of the hundred sheets that wait longest, those whose service is late or due soon."""
    sheets = sheets_awaiting_confirmation(path, limit=SHEETS_LOOKED_AT)
    waiting = ServiceRecord.objects.filter(sheet_id__in=sheets).awaiting_confirmation()
    rows = (
        waiting.filter(served_on__lt=clock.first_not_soon)
        .order_by("served_on", "sheet_id")
        .values("sheet_id", "committee_id", "served_on")
        .annotate(records=Count("pk"), title=Min("activity_title"))[:SHOWN]
    )
    return [_open(clock, **row) for row in rows]


def outlook(path: str) -> Outlook:
    """The home page's line. Two queries."""
    found = open_drafts(path, clock_of(path))
    return Outlook(
        late=len({each.sheet_id for each in found if each.is_late}),
        soon=len({each.sheet_id for each in found if not each.is_late}),
        least_left=min((each.left for each in found if not each.is_late), default=0),
    )


def _open(
    clock: Clock,
    *,
    sheet_id: int,
    committee_id: str,
    title: str,
    served_on: date,
    records: int,
    sent_back: bool = False,
) -> Open:
    due_on = due_day(served_on, clock.days)
    return Open(
        sheet_id=sheet_id,
        committee_id=committee_id,
        title=title,
        served_on=served_on,
        records=records,
        due_on=due_on,
        left=working_days_until(due_on, today=clock.today)
        if due_on >= clock.today
        else min(-1, working_days_until(due_on, today=clock.today)),
        sent_back=sent_back,
    )
