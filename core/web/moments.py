"""Days with their weekday, and stretches of time that may pass midnight, as people read them."""

from __future__ import annotations

from datetime import date, datetime

from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

__all__ = ["clock_stretch", "day_text", "moment_text", "stretch_text"]

_WEEKDAYS = (
    pgettext_lazy("weekday", "Mon"),
    pgettext_lazy("weekday", "Tue"),
    pgettext_lazy("weekday", "Wed"),
    pgettext_lazy("weekday", "Thu"),
    pgettext_lazy("weekday", "Fri"),
    pgettext_lazy("weekday", "Sat"),
    pgettext_lazy("weekday", "Sun"),
)


def day_text(day: date) -> str:
    """``2026-11-28 周六``."""
    return f"{day:%Y-%m-%d} {_WEEKDAYS[day.weekday()]}"


def moment_text(moment: datetime) -> str:
    """``2026-11-28 周六 22:00``, in the portal's zone."""
    local = timezone.localtime(moment)
    return f"{day_text(local.date())} {local:%H:%M}"


def clock_stretch(start: datetime, end: datetime) -> str:
    """``08:00–10:00``; past midnight ``22:00–次日 06:00``; later still with the whole day."""
    first, last = timezone.localtime(start), timezone.localtime(end)
    days = (last.date() - first.date()).days
    if days == 0:
        return f"{first:%H:%M}–{last:%H:%M}"
    if days == 1:
        until = pgettext("time", "next day {time}").format(time=f"{last:%H:%M}")
        return f"{first:%H:%M}–{until}"
    return f"{first:%H:%M}–{moment_text(end)}"


def stretch_text(start: datetime, end: datetime) -> str:
    """``2026-11-28 周六 22:00–次日 06:00``: the day is the one on which it begins."""
    return f"{day_text(timezone.localtime(start).date())} {clock_stretch(start, end)}"
