"""Days moved on by their weekday, for what is done again."""

from __future__ import annotations

from calendar import monthrange
from datetime import date, timedelta
from enum import StrEnum

__all__ = ["DayMove", "day_moved"]


class DayMove(StrEnum):
    """By how much the days of what is repeated move on."""

    WEEK = "week"
    MONTH = "month"
    NONE = "none"


def day_moved(day: date, move: DayMove) -> date | None:
    """A week later; or the same weekday of the next month, the second Saturday for the second.

    A fifth one becomes the last where the next month has four. None where days are left empty.
    """
    match move:
        case DayMove.WEEK:
            return day + timedelta(days=7)
        case DayMove.MONTH:
            return _same_weekday_next_month(day)
        case DayMove.NONE:
            return None


def _same_weekday_next_month(day: date) -> date:
    first = (day.replace(day=1) + timedelta(days=32)).replace(day=1)
    offset = (day.weekday() - first.weekday()) % 7 + (day.day - 1) // 7 * 7
    if offset >= monthrange(first.year, first.month)[1]:
        offset -= 7
    return first + timedelta(days=offset)
