"""Days without a year: the latest such day that has come. Whoever typed it sees the whole date."""

from __future__ import annotations

import re
from datetime import date

from core.identity.text import plain_text

__all__ = ["with_year"]

_MONTH_DAY = re.compile(r"([0-9]{1,2})\s*[./月-]\s*([0-9]{1,2})\s*[日号號]?")


def with_year(text: str, *, today: date) -> str:
    """``5.16`` or ``5月16日`` as ``2026-05-16``; every other text as it is.

    29 February is looked for in the last eight years.
    """
    found = _MONTH_DAY.fullmatch(plain_text(text))
    if not found:
        return text
    for year in range(today.year, today.year - 9, -1):
        try:
            day = date(year, int(found[1]), int(found[2]))
        except ValueError:
            continue
        if day <= today:
            return day.isoformat()
    return text
