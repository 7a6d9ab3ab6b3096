"""A month as a calendar shows it: whole weeks from Monday on, and the ways to its neighbours."""

from __future__ import annotations

from calendar import Calendar
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from django.utils import timezone

__all__ = ["Month", "day_from"]

_WEEKS = Calendar(firstweekday=0)


@dataclass(frozen=True, slots=True, order=True)
class Month:
    """A month by its first day."""

    first: date

    @classmethod
    def of(cls, day: date) -> Month:
        """The month in which that day lies."""
        return cls(day.replace(day=1))

    @classmethod
    def from_text(cls, text: str) -> Month | None:
        """The month ``2026-11``; None for anything else."""
        try:
            return cls.of(date.fromisoformat(f"{text}-01"))
        except ValueError:
            return None

    def __str__(self) -> str:
        return f"{self.first:%Y-%m}"

    def moved(self, months: int) -> Month:
        """So many months later; earlier for a negative number."""
        year, month = divmod(self._number + months, 12)
        return Month(date(year, month + 1, 1))

    def weeks(self) -> list[list[date]]:
        """Its weeks, with the neighbours' days that fill the first and the last."""
        return _WEEKS.monthdatescalendar(self.first.year, self.first.month)

    def moments(self) -> tuple[datetime, datetime]:
        """From the first day that its weeks show to the end of the last, in the portal's zone."""
        weeks = self.weeks()
        first, last = weeks[0][0], weeks[-1][-1] + timedelta(days=1)
        begins, ends = (
            timezone.make_aware(datetime.combine(each, time())) for each in (first, last)
        )
        return begins, ends

    @property
    def _number(self) -> int:
        return self.first.year * 12 + self.first.month - 1


def day_from(text: str) -> date | None:
    """The day ``2026-11-28`` of an address; None for anything else.

    None too for a year at either end of the calendar, beyond which there is no day before or after.
    """
    try:
        day = date.fromisoformat(text)
    except ValueError:
        return None
    return day if date.min.year < day.year < date.max.year else None
