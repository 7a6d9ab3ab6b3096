"""A stretch of service: its day, its clock times where they are known, its minutes."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time

from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.figures import hours_text
from core.web.refusals import Refusal
from volunteers.hours.models import MINUTES_OF_A_DAY

__all__ = ["Stretch"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Stretch:
    """When somebody served. Without clock times the minutes must be given.

    With them, ``minutes`` may be fewer than the stretch holds (a break does not count), never
    more; None means all of it. Travel does not count as service, which the enterer answers for.
    """

    served_on: date
    start: time | None = None
    end: time | None = None
    minutes: int | None = None

    @property
    def during(self) -> DateTimeTZRange | None:
        """The stretch on the clock of the portal's zone, its end not included."""
        if self.start is None or self.end is None:
            return None
        zone = timezone.get_current_timezone()
        return DateTimeTZRange(
            datetime.combine(self.served_on, self.start, tzinfo=zone),
            datetime.combine(self.served_on, self.end, tzinfo=zone),
            "[)",
        )

    @property
    def counted_minutes(self) -> int:
        """The minutes that count; raises `Refusal` where a rule says no."""
        self._must_have_happened()
        longest = self._longest()
        minutes = longest if self.minutes is None else self.minutes
        if minutes < 1:
            message = _("Hours must be more than none.")
            raise Refusal(message, code="hours_missing", field="minutes")
        if minutes > longest:
            message = _("From start to end there are {longest} hours, {hours} were given.")
            raise Refusal(
                message.format(longest=hours_text(longest), hours=hours_text(minutes)),
                code="hours_exceed_stretch",
                field="minutes",
            )
        return minutes

    def check(self) -> None:
        """Raises the `Refusal` that recording it would."""
        _minutes = self.counted_minutes

    def _must_have_happened(self) -> None:
        if self.served_on > timezone.localdate():
            message = _("The date lies in the future. Enter service after it has been done.")
            raise Refusal(message, code="date_in_future", field="served_on")

    def _longest(self) -> int:
        if self.start is None and self.end is None:
            if self.minutes is None:
                message = _("Give the times, or the hours where the times are not known.")
                raise Refusal(message, code="hours_missing", field="minutes")
            return MINUTES_OF_A_DAY
        if self.start is None or self.end is None:
            message = _("Give both times, or neither of them.")
            raise Refusal(message, code="time_missing", field="end" if self.start else "start")
        if self.end <= self.start:
            message = _("It ends before it starts. Enter service past midnight day by day.")
            raise Refusal(message, code="ends_before_start", field="end")
        return _minute_of_day(self.end) - _minute_of_day(self.start)


def _minute_of_day(clock: time) -> int:
    return clock.hour * 60 + clock.minute
