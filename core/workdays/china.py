"""Counting working days as the State Council arranges them for each year.

A year's arrangement (which weekends are worked in exchange for longer holidays) is published in the
November before. For a year without one, weekends and the statutory holidays with their shifted days
are known, exchanged days are not; the count is then right but for these few days.
"""

from __future__ import annotations

from datetime import date, timedelta
from functools import lru_cache

from holidays.countries.china import China

__all__ = [
    "due_day",
    "first_day_in_time",
    "is_published",
    "is_working_day",
    "working_days_until",
]

_DAY = timedelta(days=1)
_SATURDAY = 5


@lru_cache(maxsize=64)
def _days_of(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Days off besides weekends, and weekend days that are worked."""
    # A year of its own: arrangements of neighbours reach into the first and last days.
    calendar = China(years=[year - 1, year, year + 1])  # type: ignore[no-untyped-call]
    off = frozenset(day for day in calendar if day.year == year)
    worked = frozenset(day for day in calendar.weekend_workdays if day.year == year)
    return off - worked, worked


@lru_cache(maxsize=64)
def is_published(year: int) -> bool:
    """Whether the exchanged days of the year are known."""
    return bool(_days_of(year)[1])


def is_working_day(day: date) -> bool:
    """Whether offices work on ``day``."""
    off, worked = _days_of(day.year)
    if day in worked:
        return True
    return day.weekday() < _SATURDAY and day not in off


@lru_cache(maxsize=4096)
def due_day(day: date, count: int) -> date:
    """The ``count``-th working day after ``day``, which itself does not count.

    Raises `ValueError` for a count below one.
    """
    if count < 1:
        message = "A period has at least one working day."
        raise ValueError(message)
    while count:
        day += _DAY
        count -= is_working_day(day)
    return day


def first_day_in_time(today: date, count: int) -> date:
    """The earliest day whose period of ``count`` working days has not ended before ``today``."""
    day = today
    while due_day(day - _DAY, count) >= today:
        day -= _DAY
    return day


def working_days_until(day: date, *, today: date) -> int:
    """Working days after ``today`` up to ``day``; negative for those passed since ``day``."""
    if day < today:
        return -working_days_until(today, today=day)
    days = (today + _DAY * step for step in range(1, (day - today).days + 1))
    return sum(map(is_working_day, days))
