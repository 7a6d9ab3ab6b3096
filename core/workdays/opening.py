"""Opening hours as they are typed, kept and asked."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime

__all__ = ["InvalidHours", "hours_given", "is_open_at"]

_TIME = r"([01]?\d|2[0-3])[:：]([0-5]\d)"
_STRETCH = re.compile(rf"{_TIME}\s*[-–—~～至到]\s*(?:{_TIME}|24[:：]00)")
_BETWEEN = re.compile(r"[\s,，、;；]*")


class InvalidHours(ValueError):
    """A text that is no list of stretches of one day, in order."""


def hours_given(text: str) -> str:
    """The stored form, ``09:00-12:00 14:00-17:00``, of what was typed; empty for closed."""
    place, kept = 0, []
    text = text.strip()
    while place < len(text):
        found = _STRETCH.match(text, place)
        if found is None:
            raise InvalidHours(text)
        first, last = _clock(found[1], found[2]), _clock(found[3] or "24", found[4] or "00")
        kept.append((first, last))
        place = _end_of(_BETWEEN, text, found.end())
    ends = [clock for stretch in kept for clock in stretch]
    if ends != sorted(set(ends)):
        raise InvalidHours(text)
    return " ".join(f"{first}-{last}" for first, last in kept)


def is_open_at(hours: Sequence[str], moment: datetime) -> bool:
    """Whether a stretch of that weekday holds the moment; its end is not in it."""
    clock = f"{moment:%H:%M}"
    stretches = (stretch.split("-") for stretch in hours[moment.weekday()].split())
    return any(first <= clock < last for first, last in stretches)


def _end_of(pattern: re.Pattern[str], text: str, place: int) -> int:
    found = pattern.match(text, place)
    return found.end() if found else place


def _clock(hour: str, minute: str) -> str:
    return f"{int(hour):02}:{minute}"
