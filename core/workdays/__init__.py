"""Working days of the Chinese calendar, days off in lieu and make-up days included."""

from core.workdays.china import (
    due_day,
    first_day_in_time,
    is_published,
    is_working_day,
    working_days_until,
)

__all__ = [
    "due_day",
    "first_day_in_time",
    "is_published",
    "is_working_day",
    "working_days_until",
]
