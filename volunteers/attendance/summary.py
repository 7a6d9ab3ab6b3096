"""How a shift or an activity went: what was marked, and what the scans say of the others."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.utils import timezone

from volunteers.activities.models import Activity, Shift
from volunteers.attendance.models import Attendance, Mark
from volunteers.checkins.models import CheckIn
from volunteers.checkins.queries import Scans
from volunteers.checkins.summary.stretches import ScannedStretch, stretch_of
from volunteers.hours.models import RecordSource
from volunteers.signups.models import SignUp, SignUpState
from volunteers.signups.queries import SignUpQuerySet

__all__ = ["Summary", "minutes_between", "scanned_stretches", "summary_of"]


@dataclass(slots=True)
class Summary:
    """People by mark, scans counted as what they say.

    ``one_sided`` of them were not scanned on the way out; ``unmarked`` had a place and nothing is
    known of them that counts by itself.
    """

    came: int = 0
    late: int = 0
    absent: int = 0
    excused: int = 0
    one_sided: int = 0
    unmarked: int = 0
    minutes: int = 0

    def count(self, mark: str) -> None:
        """One person more with that mark."""
        match Mark(mark):
            case Mark.CAME:
                self.came += 1
            case Mark.LATE:
                self.late += 1
            case Mark.NO_SHOW:
                self.absent += 1
            case Mark.EXCUSED:
                self.excused += 1


def summary_of(activity: Activity) -> Summary:
    """How it went so far. Five queries."""
    summary = Summary()
    marks = Attendance.objects.of_activity(activity.pk)
    for mark, came, left, source in marks.values_list("mark", "came_at", "left_at", "source"):
        summary.count(mark)
        summary.one_sided += source == RecordSource.ONE_SCAN
        if came and left:
            summary.minutes += minutes_between(came, left)
    shifts = {shift.pk: shift for shift in activity.shifts.all()}
    stretches = list(scanned_stretches(activity, shifts))
    for _signup, _shift, stretch in stretches:
        summary.count(Mark.LATE if stretch.is_late else Mark.CAME)
        summary.minutes += minutes_between(stretch.came_at, stretch.left_at)
        summary.one_sided += stretch.one_sided
    summary.unmarked = _unmarked(activity).count() - len(stretches)
    return summary


def scanned_stretches(
    activity: Activity, shifts: Mapping[int, Shift]
) -> Iterator[tuple[int, int, ScannedStretch]]:
    """Sign-up, shift and stretch of everybody whom nobody has marked and whose scans count."""
    signups = dict(_unmarked(activity).values_list("pk", "shift_id"))
    scans = CheckIn.objects.of_signups(signups).scans()
    for signup, shift in signups.items():
        stretch = stretch_of(shifts[shift], scans.get(signup, Scans()))
        if stretch is not None:
            yield signup, shift, stretch


def by_day(came: datetime | None, left: datetime | None) -> list[tuple[datetime, datetime]]:
    """The stretch cut at each midnight of the portal's time: a record is of one day.

    What is left of a day without a whole minute is dropped, unless it is all there is. Raises
    `ValueError` where a time is missing, which the database rules out for who served.
    """
    if came is None or left is None:
        message = "Who served has times; the database says so."
        raise ValueError(message)
    pieces = []
    start = timezone.localtime(came)
    while timezone.localdate(start) < timezone.localdate(left):
        midnight = (start + timedelta(days=1)).replace(hour=0, minute=0, second=0, microsecond=0)
        pieces.append((start, midnight))
        start = midnight
    pieces.append((start, timezone.localtime(left)))
    whole = [piece for piece in pieces if minutes_between(*piece)]
    return whole or pieces[:1]


def minutes_between(came: datetime, left: datetime) -> int:
    """Whole minutes; a part of one does not count."""
    return int((left - came).total_seconds() // 60)


def _unmarked(activity: Activity) -> SignUpQuerySet:
    return SignUp.objects.filter(
        activity=activity, state=SignUpState.PLACED, attendance__isnull=True
    )
