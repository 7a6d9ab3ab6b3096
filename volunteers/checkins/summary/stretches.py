"""From scans to a stretch of service: never a minute outside of what was scanned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from volunteers.activities.models import Shift
from volunteers.checkins.queries import Scans

__all__ = ["LATE_AFTER", "ScannedStretch", "stretch_of"]

# Who is scanned later than this after the start came late.
LATE_AFTER = timedelta(minutes=15)


@dataclass(frozen=True, slots=True)
class ScannedStretch:
    """What scans say of one person; ``one_sided`` where the way out is missing."""

    came_at: datetime
    left_at: datetime
    is_late: bool
    one_sided: bool


def stretch_of(shift: Shift, scans: Scans) -> ScannedStretch | None:
    """The scanned time within the shift; None where nothing of it can be counted by itself.

    A missing way out is closed at the shift's end. Without a way in nothing says since when, so
    the organiser does; and what lies before or after the shift waits for the organiser too.
    """
    if scans.came_at is None:
        return None
    came = max(scans.came_at, shift.starts_at)
    left = min(scans.left_at or shift.ends_at, shift.ends_at)
    if left - came < timedelta(minutes=1):
        return None
    return ScannedStretch(
        came_at=came,
        left_at=left,
        is_late=scans.came_at > shift.starts_at + LATE_AFTER,
        one_sided=scans.left_at is None,
    )
