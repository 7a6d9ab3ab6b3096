"""Shifts as people look through them: in pages, and month by month."""

from volunteers.activities.summary.months import ShiftEntry, calendar_of
from volunteers.activities.summary.nearest import AROUND_METRES, nearest_first
from volunteers.activities.summary.pages import SHIFTS_A_PAGE, soonest_first

__all__ = [
    "AROUND_METRES",
    "SHIFTS_A_PAGE",
    "ShiftEntry",
    "calendar_of",
    "nearest_first",
    "soonest_first",
]
