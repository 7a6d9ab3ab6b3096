"""The parts of one line: a day, a stretch of time, hours, and the words that are left."""

from __future__ import annotations

import re
from dataclasses import dataclass

from core.identity.text import plain_text
from core.workbooks.cells import parse_minutes, parse_time
from core.workbooks.errors import CellError

__all__ = ["Parts", "parts_of", "plain_line", "time_range"]

_DASHES = str.maketrans("–—−‐‑‒―～﹣", "-" * 9)
_HALF = r"(?:凌晨|清晨|早上|早晨|上午|中午|正午|下午|傍晚|晚上|夜间|早|晚)"
_CLOCK = r"\d{1,2}\s*(?:[:;]\s*\d{2}(?::\d{2})?|[点點时時](?:半|[一三]刻|整|钟|\s*\d{1,2}\s*分?)?)"
_RANGE = re.compile(
    rf"(?P<before>{_HALF})?\s*(?P<start>{_CLOCK}|\d{{1,2}})\s*(?:-+|~+|至|到)\s*"
    rf"(?P<after>{_HALF})?\s*(?P<end>{_CLOCK}|\d{{1,2}})(?![\d.:])"
)
_DATE = re.compile(
    r"(?<![\d.])(?:(?:19|20)\d{2}\s*[-/.年]\s*)?\d{1,2}\s*(?:[-/]\s*\d{1,2}|月\s*\d{1,2}\s*[日号號]?)"
    r"(?![\d.:点點时時hH小个])"
)
_DOTTED_DATE = re.compile(r"(?<![\d.])(?:19|20)\d{2}\.\d{1,2}\.\d{1,2}(?![\d.])")
# Between a decimal number and a day; what else the line says decides.
_POINT = re.compile(r"(?<![\d.:])(\d{1,2})\.(\d{1,2})\s*([日号號])?(?![\d.:点點时時])")
_WEEKDAY = re.compile(r"\(?(?:星期|周|礼拜)[一二三四五六日天]\)?")
_HOURS = re.compile(
    r"(?<![\d.:])(?:\d{1,3}(?:\.\d{1,2})?|[半两一二三四五六七八九十])\s*"
    r"(?:个半小时|个小时半|个小时|小时半|半小时|小时|个半钟头|个钟头|钟头|个钟|hours?|hrs?|h)"
    r"(?:\s*\d{1,2}\s*分钟?)?(?![A-Za-z])"
    r"|(?<![\d.:])\d{1,4}\s*(?:分钟|minutes?|mins?)(?![A-Za-z])",
    re.IGNORECASE,
)
_NUMBER = re.compile(r"(?<![\d.:A-Za-z])\d{1,2}(?:\.(?:\d|25|50|75))?(?![\d.:A-Za-z])")


@dataclass(slots=True)
class Parts:
    """What a line says besides who; ``rest`` is what was left of it."""

    date: str = ""
    start: str = ""
    end: str = ""
    hours: str = ""
    rest: str = ""

    @property
    def says_when(self) -> bool:
        """Whether a day or a stretch of time was found."""
        return bool(self.date or self.start)


def plain_line(text: str) -> str:
    """The line with plain digits, letters and dashes."""
    return plain_text(text).translate(_DASHES)


def parts_of(text: str, *, bare_hours: bool) -> Parts:
    """The parts of a line that `plain_line` made plain and whose numbers of people are taken out.

    With ``bare_hours`` a number without a unit counts hours, where nothing else does.
    """
    parts = Parts(rest=_WEEKDAY.sub(" ", text))
    parts.date = _take(parts, _DOTTED_DATE) or _take(parts, _DATE)
    _take_range(parts)
    parts.hours = _take_hours(parts)
    _take_point(parts)
    if bare_hours and not (parts.hours or parts.start):
        parts.hours = _take(parts, _NUMBER)
    return parts


def time_range(text: str) -> tuple[str, str] | None:
    """Start and end of ``8:00-11:00``, each as a cell of its own; None for anything else."""
    found = _RANGE.search(text)
    if not found or not re.search(r"[:;点點时時]", found["start"] + found["end"]):
        return None
    start, end = _with_unit(found["start"], found["end"]), _with_unit(found["end"], found["start"])
    before, after = found["before"] or "", found["after"] or ""
    # 下午2点-4点: the half of the day holds for both where the clock would else go backwards.
    if before and not after and _minutes(f"{before}{start}") > _minutes(end):
        after = before
    pair = f"{before}{start}", f"{after}{end}"
    return pair if all(_is_time(each) for each in pair) else None


def _take(parts: Parts, pattern: re.Pattern[str]) -> str:
    found = pattern.search(parts.rest)
    if not found:
        return ""
    parts.rest = f"{parts.rest[: found.start()]} {parts.rest[found.end() :]}"
    return re.sub(r"\s", "", found[0])


def _take_range(parts: Parts) -> None:
    pair = time_range(parts.rest)
    if pair is not None:
        parts.start, parts.end = pair
        _take(parts, _RANGE)


def _take_hours(parts: Parts) -> str:
    found = _HOURS.search(parts.rest)
    if not found:
        return ""
    text = re.sub(r"\s", "", found[0])
    text = re.sub(r"个?小时半$", "个半小时", text).replace("个钟", "个小时")
    text = text.replace("个小时头", "个钟头")
    try:
        parse_minutes(text)
    except CellError:
        return ""
    _take(parts, _HOURS)
    return text


def _take_point(parts: Parts) -> None:
    """``5.16`` is a day beside hours or times, ``2.5`` hours without them; else it stays."""
    found = _POINT.search(parts.rest)
    if not found or parts.date:
        return
    month, day = int(found[1]), int(found[2])
    is_day = bool(found[3]) or bool(parts.hours or parts.start)
    if is_day and 1 <= month <= 12 and 1 <= day <= 31:
        parts.date = _take(parts, _POINT)
    elif not is_day and (len(found[2]) == 1 or found[2] in {"25", "50", "75"}) and month <= 24:
        parts.hours = _take(parts, _POINT)


def _with_unit(clock: str, other: str) -> str:
    """8 in 8-11点 is a time as well, because the other one is."""
    clock = re.sub(r"\s", "", clock).replace(";", ":")
    if not clock.isdigit():
        return clock
    return f"{clock}:00" if re.search(r"[:;]", other) else f"{clock}点"


def _minutes(text: str) -> int:
    """Minutes since midnight; -1 for what is no time."""
    try:
        clock = parse_time(text)
    except CellError:
        return -1
    return -1 if clock is None else clock.hour * 60 + clock.minute


def _is_time(text: str) -> bool:
    return _minutes(text) >= 0
