"""Times of day and lengths of time as offices write them."""

from __future__ import annotations

import datetime as dt
import math
import re
from functools import lru_cache
from typing import Literal

from core.workbooks.errors import CellError
from core.workbooks.shapes import Cell
from core.workbooks.text import is_none_word, plain_line, shown

__all__ = ["parse_minutes", "parse_time", "unit_of_header"]

Unit = Literal["hours", "minutes"]

_DAY_SECONDS = 24 * 60 * 60
_HALVES = (
    "凌晨 清晨 早上 早晨 上午 中午 正午 下午 傍晚 晚上 夜间 am a.m. pm p.m. 午前 午后 早 晚".split()
)
_MORNING = frozenset("凌晨 清晨 早上 早晨 上午 am a.m. 午前 早".split())
_HALF = "|".join(re.escape(half) for half in _HALVES)
_TIME = re.compile(
    rf"(?P<before>{_HALF})?\s*(?P<hour>\d{{1,2}})\s*(?:"
    r"[:;]\s*(?P<minute>\d{2})(?:\s*[:;]\s*(?P<second>\d{2})(?:\.\d+)?)?"
    r"|[点點时時]\s*(?:(?P<half>半)|(?P<word_minute>\d{1,2})\s*分?|(?P<quarter>[一三])刻|整|钟)?"
    rf")\s*(?P<after>am|a\.m\.|pm|p\.m\.)?"
)
_DIGITS = re.compile(r"([01]\d|2[0-3])([0-5]\d)")
_RANGE = re.compile(r"\d\s*(?:点|时|分|半)?\s*(?:-|~|–|—|至|到)\s*(?:\D{0,2})\d")

_MOST_MINUTES = 10_000 * 60
_NUMERALS = {"半": 0.5, "两": 2.0, **{n: float(i) for i, n in enumerate("零一二三四五六七八九十")}}
_NUMBER = r"\d+(?:\.\d+)?"
_HOUR_WORD = r"(?:个?半?小时|个?半?钟头|h|hr|hrs|hour|hours)"
_LENGTH = re.compile(
    rf"(?:(?P<hours>{_NUMBER}|[半两一二三四五六七八九十])\s*(?P<hour_word>{_HOUR_WORD}|时)\s*"
    rf"(?P<half>半)?\s*)?"
    rf"(?:(?P<minutes>{_NUMBER}|[一二三四五六七八九十])\s*"
    r"(?P<minute_word>分钟?|m|min|mins|minute|minutes)?)?"
    r"\s*整?"
)
_BARE = re.compile(rf"-?{_NUMBER}\.?|-?\.\d+")
_CLOCK_LENGTH = re.compile(r"(\d{1,3}):([0-5]\d)(?::([0-5]\d))?")
_HOURS_HEADER = re.compile(r"小时|hour", re.IGNORECASE)
_MINUTES_HEADER = re.compile(r"分钟|minute|\bmins?\b|[(/]分(?:\)|$)", re.IGNORECASE)


@lru_cache(maxsize=1 << 14, typed=True)
def parse_time(cell: Cell) -> dt.time | None:
    """The time of day in `cell`, None for a blank cell or a word for none; to the second.

    Takes time cells, fractions of a day, 08:00, 08：00, 8点30, 8点半, 下午2:00, 2:00 PM, 0830 (as
    text). Raises `CellError`, also for a bare 8 or 8.5, which may be hours or half past.
    """
    match cell:
        case dt.datetime():
            return _rounded(cell.time())
        case dt.time():
            return _rounded(cell)
        case bool() | dt.date() | dt.timedelta():
            raise CellError("time_unknown", value=shown(cell))
        case int() | float():
            return _time_from_number(cell)
        case _:
            return None if is_none_word(cell) else _time_from_text(cell or "")


def _rounded(time: dt.time) -> dt.time:
    """Spreadsheets keep fractions: 08:00 may arrive as 07:59:59.999997."""
    seconds = (time.hour * 60 + time.minute) * 60 + time.second + round(time.microsecond / 1e6)
    return _time_of_seconds(min(seconds, _DAY_SECONDS - 1))


def _time_of_seconds(seconds: int) -> dt.time:
    return dt.time(seconds // 3600, seconds // 60 % 60, seconds % 60)


def _time_from_number(number: float) -> dt.time:
    """A fraction of a day, perhaps with the serial number of the day before the point."""
    if not math.isfinite(number) or not (0 <= number < 1 or 3654 < number < 73416):
        raise CellError("time_midnight" if number == 1 else "time_unknown", value=shown(number))
    fraction = number % 1
    if fraction == 0 and number:
        raise CellError("time_unknown", value=shown(number))
    return _time_of_seconds(min(round(fraction * _DAY_SECONDS), _DAY_SECONDS - 1))


def _time_from_text(cell: str) -> dt.time:
    text = plain_line(cell).lstrip("'").casefold()
    if digits := _DIGITS.fullmatch(text):
        return dt.time(int(digits[1]), int(digits[2]))
    found = _TIME.fullmatch(text)
    if not found:
        code = "time_range" if _RANGE.search(text) else "time_unknown"
        raise CellError(code, value=shown(cell))
    half = found["before"] or found["after"] or ""
    hour = _hour(int(found["hour"]), half, cell)
    minute = _minute(found)
    second = int(found["second"] or 0)
    if hour == 24 and not minute and not second:
        raise CellError("time_midnight", value=shown(cell))
    if hour > 23 or minute > 59 or second > 59:
        raise CellError("time_impossible", value=shown(cell))
    return dt.time(hour, minute, second)


def _minute(found: re.Match[str]) -> int:
    if found["half"]:
        return 30
    if found["quarter"]:
        return 15 if found["quarter"] == "一" else 45
    return int(found["minute"] or found["word_minute"] or 0)


def _hour(hour: int, half: str, cell: str) -> int:
    """The hour of 24 for the hour as written beside 上午, 下午, PM …"""
    if not half or hour > 12:
        return hour
    if half in _MORNING:
        if hour < 12:
            return hour
        if half == "凌晨":
            return 0
        raise CellError("time_noon_or_midnight", value=shown(cell))
    if half in {"中午", "正午"}:
        return hour if hour >= 10 else hour + 12
    if half in {"晚上", "夜间", "晚"} and hour == 12:
        return 24
    return hour if hour == 12 else hour + 12


def unit_of_header(text: str) -> Unit:
    """What bare numbers below this header count: minutes only where the header says so."""
    plain = plain_line(text)
    if _HOURS_HEADER.search(plain):
        return "hours"
    return "minutes" if _MINUTES_HEADER.search(plain) else "hours"


def parse_minutes(cell: Cell, *, unit: Unit = "hours") -> int | None:
    """The length of time in `cell` in whole minutes, None for a blank cell or a word for none.

    A bare number counts in `unit`. Takes 3, 2.5, 3小时, 2小时30分, 2.5h, 90分钟, 2:30, time cells
    and durations. Raises `CellError`. Whether it is too long for a day is for the caller to say.
    """
    return _minutes(cell, unit)


@lru_cache(maxsize=1 << 14, typed=True)
def _minutes(cell: Cell, unit: Unit) -> int | None:
    match cell:
        case dt.timedelta():
            return _whole(cell.total_seconds() / 60, cell)
        case dt.time():
            return _whole(cell.hour * 60 + cell.minute + cell.second / 60, cell)
        case dt.date():
            raise CellError("hours_as_date")
        case bool():
            raise CellError("hours_unknown", value=shown(cell))
        case int() | float():
            return _whole(cell * (60 if unit == "hours" else 1), cell)
        case _:
            return None if is_none_word(cell) else _minutes_from_text(cell or "", unit)


def _whole(minutes: float, cell: Cell) -> int:
    if not minutes >= 0:  # also what is not a number
        raise CellError("hours_negative", value=shown(cell))
    if minutes > _MOST_MINUTES:
        raise CellError("hours_too_many", value=shown(cell))
    return math.floor(minutes + 0.5)


def _minutes_from_text(cell: str, unit: Unit) -> int:
    text = plain_line(cell).lstrip("'").casefold()
    if _BARE.fullmatch(text):
        return _whole(float(text) * (60 if unit == "hours" else 1), cell)
    if clock := _CLOCK_LENGTH.fullmatch(text):
        return _whole(int(clock[1]) * 60 + int(clock[2]) + int(clock[3] or 0) / 60, cell)
    found = _LENGTH.fullmatch(text)
    if not found or not (found["hours"] or found["minute_word"]):
        raise CellError("hours_unknown", value=shown(cell))
    return _whole(_hours_part(found) * 60 + _number(found["minutes"] or "0"), cell)


def _hours_part(found: re.Match[str]) -> float:
    hours = _number(found["hours"] or "0")
    half = found["half"] or "半" in (found["hour_word"] or "")
    return hours + (0.5 if half else 0)


def _number(text: str) -> float:
    return _NUMERALS[text] if text in _NUMERALS else float(text)
