"""Hours as a plain figure."""

from __future__ import annotations

from core.web.figures import MINUTES_OF_AN_HOUR
from core.workbooks.errors import CellError
from core.workbooks.times import parse_minutes

__all__ = ["plain_hours"]


def plain_hours(text: str) -> str:
    """``2`` for 2小时, ``2.5`` for 两个半小时: hours with at most two decimals, the minute kept.

    The parser is the imports'. What it cannot read, and a word for none, stays as typed.
    """
    try:
        minutes = parse_minutes(text)
    except CellError:
        return text
    if minutes is None:
        return text
    # A hundredth of an hour is less than a minute, so the same minutes are read from it again.
    return f"{minutes / MINUTES_OF_AN_HOUR:.2f}".rstrip("0").rstrip(".")
