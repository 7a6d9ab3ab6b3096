"""A volunteer's own hours in figures, from the own records."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Prefetch, Q, Sum
from django.db.models.functions import TruncMonth
from django.utils import timezone

from organizations.ledger.models import Organization
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet

__all__ = ["MonthOfHours", "OwnHours", "own_hours", "own_records"]

MONTHS_SHOWN = 12


@dataclass(frozen=True, slots=True)
class MonthOfHours:
    """Confirmed minutes of a month; ``share`` is in per cent of the busiest month shown."""

    month: date
    minutes: int
    share: int


@dataclass(frozen=True, slots=True)
class OwnHours:
    """``total`` and ``this_year`` are confirmed minutes; ``waiting`` do not count yet."""

    total: int
    this_year: int
    waiting: int
    records: int
    months: tuple[MonthOfHours, ...]


def own_records(volunteer_id: int | None) -> ServiceRecordQuerySet:
    """What a volunteer sees of the own records: all but drafts, which are the office's work.

    Committee and organisation come along, as far as everybody may read them.
    """
    if volunteer_id is None:
        return ServiceRecord.objects.none()
    own = ServiceRecord.objects.filter(volunteer_id=volunteer_id).exclude(state=RecordState.DRAFT)
    organizations = Prefetch("organization", Organization.objects.named())
    return own.prefetch_related("committee", organizations)


def own_hours(volunteer_id: int | None) -> OwnHours:
    """One query over the own records, whichever committees keep them."""
    counts, waits = Q(state=RecordState.CONFIRMED), Q(state=RecordState.SUBMITTED)
    rows = (
        own_records(volunteer_id)
        .order_by()
        .annotate(month=TruncMonth("served_on"))
        .values_list("month")
        .annotate(
            confirmed=Sum("minutes", filter=counts, default=0),
            waiting=Sum("minutes", filter=waits, default=0),
        )
    )
    found = {month: (confirmed, waiting) for month, confirmed, waiting in rows}
    this_month = timezone.localdate().replace(day=1)
    return OwnHours(
        total=sum(confirmed for confirmed, _waiting in found.values()),
        this_year=sum(
            confirmed
            for month, (confirmed, _waiting) in found.items()
            if month.year == this_month.year
        ),
        waiting=sum(waiting for _confirmed, waiting in found.values()),
        records=len(found),
        months=_months({month: confirmed for month, (confirmed, _w) in found.items()}, this_month),
    )


def _months(minutes: dict[date, int], last: date) -> tuple[MonthOfHours, ...]:
    """The twelve months up to ``last``, the latest first."""
    shown = [last]
    while len(shown) < MONTHS_SHOWN:
        before = shown[-1]
        shown.append(
            before.replace(year=before.year - 1, month=12)
            if before.month == 1
            else before.replace(month=before.month - 1)
        )
    most = max((minutes.get(month, 0) for month in shown), default=0)
    return tuple(
        MonthOfHours(
            month=month,
            minutes=minutes.get(month, 0),
            share=round(100 * minutes.get(month, 0) / most) if most else 0,
        )
        for month in shown
    )
