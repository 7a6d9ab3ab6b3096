"""Dates as offices write them."""

from __future__ import annotations

import datetime as dt
import re
from functools import lru_cache

from core.workbooks.errors import CellError
from core.workbooks.shapes import Cell
from core.workbooks.text import is_none_word, plain_line, shown

__all__ = ["parse_date"]

FIRST_YEAR, LAST_YEAR = 1900, 2100
# Day 0 of the 1900 date system, counted so that its day 60, the 29 February 1900 which never was,
# does no harm to any later day.
_SERIAL_ZERO = dt.date(1899, 12, 30)
# Serial numbers of 1910 to 2100. What is smaller looks like a year, a count or a day of a month.
_SERIALS = range(3654, 73416)
_DASHES = str.maketrans("–—−‐‑‒―", "-" * 7)
_BETWEEN = r"\s*[-/.,、。·\s]\s*"
_YEAR_MONTH = rf"(\d{{4}})(?:{_BETWEEN}|\s*年\s*)(\d{{1,2}})"
_YMD = re.compile(rf"{_YEAR_MONTH}(?:{_BETWEEN}|\s*月\s*)(\d{{1,2}})[.。]?")
_YM = re.compile(rf"{_YEAR_MONTH}\s*(?:月份?)?")
_DAY_WORD = re.compile(r"(?<=\d)\s*[日号號]$")
_WEEKDAY = re.compile(r"\s*\(?\s*(?:星期|周|礼拜)[一二三四五六日天]\s*\)?$")
_CLOCK = re.compile(r"(?:(?<=\d)(?:T|\s+)|(?<=[日号號])\s*)\d{1,2}:\d{2}(?::\d{2}(?:\.\d+)?)?$")
_YEARLESS = re.compile(r"\d{1,2}\s*[-/.月]\s*\d{1,2}\s*[日号]?")
_SHORT_YEAR = re.compile(rf"\d{{2}}(?:{_BETWEEN}|年)\d{{1,2}}(?:{_BETWEEN}|月)\d{{1,2}}")
_DAY_FIRST = re.compile(rf"\d{{1,2}}{_BETWEEN}\d{{1,2}}{_BETWEEN}\d{{4}}")


def parse_date(cell: Cell, *, month_ok: bool = False) -> dt.date | None:
    """The day in `cell`, None for a blank cell or a word for none.

    Takes date cells, serial numbers, 2026-05-03, 2026/5/3, 2026.5.3, 20260503, 2026年5月3日, with
    full-width digits, a weekday or a time of day beside them. With `month_ok` also 2011.3 and
    2021年4月, as the first of the month. Raises `CellError`; never guesses a century or an order.
    """
    return _parsed(cell, month_ok)


@lru_cache(maxsize=1 << 14, typed=True)
def _parsed(cell: Cell, month_ok: bool) -> dt.date | None:  # noqa: FBT001 - a key of the cache
    match cell:
        case dt.datetime():
            return _bounded(cell, cell.date())
        case dt.date():
            return _bounded(cell, cell)
        case bool() | dt.time() | dt.timedelta():
            raise CellError("date_unknown", value=shown(cell))
        case int() | float():
            return _from_number(cell, month_ok=month_ok)
        case _:
            return None if is_none_word(cell) else _from_text(cell or "", month_ok=month_ok)


def _bounded(cell: Cell, day: dt.date) -> dt.date:
    if not FIRST_YEAR < day.year <= LAST_YEAR:
        raise CellError("date_impossible", value=shown(cell))
    return day


def _from_number(number: float, *, month_ok: bool) -> dt.date:
    """Serial days (with a time of day after the point), digits run together, or year.month."""
    whole = int(number) if abs(number) < 1e9 else 0
    if whole in _SERIALS:
        return _SERIAL_ZERO + dt.timedelta(days=whole)
    if number == whole:
        return _from_digits(str(whole), cell=number, month_ok=month_ok)
    if FIRST_YEAR <= whole <= LAST_YEAR and month_ok:
        return _from_year_point_month(number)
    raise CellError("date_unknown", value=shown(number))


def _from_year_point_month(number: float) -> dt.date:
    year, month = f"{number:.10g}".split(".")
    if month == "1":  # the spreadsheet drops the nought of .10
        raise CellError("date_january_or_october", value=shown(number), year=year)
    return _day(number, year, month, "1")


def _from_digits(digits: str, *, cell: Cell, month_ok: bool) -> dt.date:
    if len(digits) == 8:
        return _day(cell, digits[:4], digits[4:6], digits[6:])
    if len(digits) == 6 and FIRST_YEAR <= int(digits[:4]) <= LAST_YEAR:
        return _month(cell, digits[:4], digits[4:], month_ok=month_ok)
    if len(digits) == 5 and int(digits) in _SERIALS:
        return _SERIAL_ZERO + dt.timedelta(days=int(digits))
    if len(digits) == 4 and FIRST_YEAR <= int(digits) <= LAST_YEAR:
        raise CellError("date_no_month" if month_ok else "date_no_day", value=digits)
    raise CellError("date_unknown", value=shown(cell))


def _from_text(cell: str, *, month_ok: bool) -> dt.date:
    text = plain_line(cell).translate(_DASHES).lstrip("'")
    text = _DAY_WORD.sub("", _WEEKDAY.sub("", _CLOCK.sub("", text)))
    if text.isascii() and text.isdigit():
        return _from_digits(text, cell=cell, month_ok=month_ok)
    if found := _YMD.fullmatch(text):
        return _day(cell, found[1], found[2], found[3])
    if found := _YM.fullmatch(text):
        return _month(cell, found[1], found[2], month_ok=month_ok)
    raise CellError(_fault(text, month_ok=month_ok), value=shown(cell))


def _fault(text: str, *, month_ok: bool) -> str:
    """Why `text` is no date, as far as one can see."""
    if re.fullmatch(r"\d{4}\s*年", text):
        return "date_no_month" if month_ok else "date_no_day"
    if _SHORT_YEAR.fullmatch(text):
        return "date_short_year"
    if _YEARLESS.fullmatch(text):
        return "date_no_year"
    return "date_day_first" if _DAY_FIRST.fullmatch(text) else "date_unknown"


def _month(cell: Cell, year: str, month: str, *, month_ok: bool) -> dt.date:
    day = _day(cell, year, month, "1")
    if not month_ok:
        raise CellError("date_no_day", value=shown(cell))
    return day


def _day(cell: Cell, year: str, month: str, day: str) -> dt.date:
    try:
        return _bounded(cell, dt.date(int(year), int(month), int(day)))
    except ValueError as error:
        raise CellError("date_impossible", value=shown(cell)) from error
