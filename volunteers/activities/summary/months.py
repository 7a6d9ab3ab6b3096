"""Shifts in a month's calendar: a few of each day by name, the rest by number."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Count, F, Window
from django.db.models.functions import RowNumber, TruncDate
from django.http import HttpRequest
from django.utils import timezone
from django.utils.formats import date_format

from core.web.addresses import address_with
from core.web.moments import day_text
from core.web.months import Month
from volunteers.activities.models import Activity, Shift
from volunteers.activities.queries import ShiftQuerySet

__all__ = ["ShiftEntry", "calendar_of"]

_NAMED_A_DAY = 3
_MONTHS_AHEAD = 12

# From an activity to its page, and from a day to the page with all of it.
AddressOf = Callable[[Activity], str]
DayAddress = Callable[[date], str]


@dataclass(frozen=True, slots=True)
class ShiftEntry:
    """A shift in its day: when it begins (``09:00``), of what, where to read more."""

    clock: str
    title: str
    url: str
    is_off: bool


def calendar_of(
    shifts: ShiftQuerySet,
    request: HttpRequest,
    *,
    address_of: AddressOf,
    day_address: DayAddress,
    months_back: int,
) -> dict[str, Any]:
    """What `components/month.html` shows of the month that the address asks for. One query.

    A night stands on the day on which it begins. Twelve months ahead and ``months_back`` can be
    turned to; an address that asks for another shows the present one.
    """
    today = timezone.localdate()
    present = Month.of(today)
    first, last = present.moved(-months_back), present.moved(_MONTHS_AHEAD)
    asked = Month.from_text(request.GET.get("month", ""))
    month = asked if asked is not None and first <= asked <= last else present
    named: dict[date, list[ShiftEntry]] = defaultdict(list)
    totals: dict[date, int] = {}
    for shift in _some_a_day(shifts, month):
        named[shift.day].append(_entry(shift, address_of))
        totals[shift.day] = shift.of_day
    weeks = [
        [
            {
                "is_today": day == today,
                "is_outside": Month.of(day) != month,
                "url": day_address(day) if named[day] else "",
                **_day(day, named[day], totals.get(day, 0)),
            }
            for day in week
        ]
        for week in month.weeks()
        # Where nothing past is shown, weeks that are over are empty.
        if months_back or week[-1] >= today
    ]
    return {
        "title": date_format(month.first, "YEAR_MONTH_FORMAT"),
        "weeks": weeks,
        "is_empty": not totals,
        "earlier_url": _turned(request, month.moved(-1)) if month > first else "",
        "later_url": _turned(request, month.moved(1)) if month < last else "",
    }


def _some_a_day(shifts: ShiftQuerySet, month: Month) -> Any:
    begins, ends = month.moments()
    day = TruncDate("starts_at", tzinfo=timezone.get_default_timezone())
    shown = shifts.filter(starts_at__gte=begins, starts_at__lt=ends).annotate(day=day)
    order = [F("starts_at").asc(), F("pk").asc()]
    counted = shown.annotate(
        place_in_day=Window(RowNumber(), partition_by=[F("day")], order_by=order),
        of_day=Window(Count("pk"), partition_by=[F("day")]),
    )
    return counted.filter(place_in_day__lte=_NAMED_A_DAY).order_by("starts_at", "pk")


def _entry(shift: Shift, address_of: AddressOf) -> ShiftEntry:
    activity = shift.activity
    return ShiftEntry(
        clock=f"{timezone.localtime(shift.starts_at):%H:%M}",
        title=activity.title,
        url=address_of(activity),
        is_off=shift.cancelled_at is not None or activity.state == "cancelled",
    )


def _day(day: date, entries: list[ShiftEntry], total: int) -> dict[str, Any]:
    return {
        "number": day.day,
        "text": day_text(day),
        "entries": entries,
        "more": total - len(entries),
    }


def _turned(request: HttpRequest, month: Month) -> str:
    return address_with(request, month=str(month), day="")
