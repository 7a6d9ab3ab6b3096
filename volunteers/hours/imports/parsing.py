"""From a row of an hour sheet to a stretch of service, or to the first fault of its cells."""

from __future__ import annotations

import re
from datetime import date, datetime, time, tzinfo
from typing import NamedTuple

from core.identity.documents import DocumentKind, parse_document
from core.identity.identity_numbers import InvalidIdentityNumber, parse_identity_number
from core.workbooks import Cell, CellError
from core.workbooks.cells import (
    parse_date,
    parse_identity_or_phone,
    parse_minutes,
    parse_phone,
    parse_text,
    parse_time,
)
from volunteers.hours.imports.faults import HoursFault
from volunteers.hours.models import MINUTES_OF_A_DAY

__all__ = ["Number", "Stretch", "StretchParser", "parse_number"]

_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_LETTER = re.compile(r"[A-Z]")
_MOST_TITLE, _MOST_NOTE = 100, 200


class Number(NamedTuple):
    """By what a row names its volunteer."""

    text: str
    is_phone: bool


class Stretch(NamedTuple):
    """What a row says was served; ``starts`` and ``ends`` are None where it only counts hours."""

    activity: str
    served_on: date
    starts: datetime | None
    ends: datetime | None
    minutes: int
    note: str


def parse_number(cell: Cell, *, today: date) -> Number:
    """The identity number, passport or telephone in ``cell``. Raises `CellError`.

    What is neither is told as an identity number that went wrong, which it mostly is.
    """
    text = parse_identity_or_phone(cell)
    if _MOBILE.fullmatch(text):
        return Number(text, is_phone=True)
    if not text:
        raise HoursFault("number_missing")
    try:
        return Number(parse_identity_number(text, today=today).number, is_phone=False)
    except InvalidIdentityNumber as error:
        other = _passport(text) or _landline(cell)
        if other is None:
            raise HoursFault("said", message=error.message) from error
        return other


def _passport(text: str) -> Number | None:
    if len(text) > 14 or not _LETTER.search(text):
        return None
    try:
        return Number(parse_document(DocumentKind.PASSPORT, text).number, is_phone=False)
    except InvalidIdentityNumber:
        return None


def _landline(cell: Cell) -> Number | None:
    try:
        return Number(parse_phone(cell), is_phone=True)
    except CellError:
        return None


class StretchParser:
    """Reads activity, date, times and hours of a row; ``field`` is the one being read."""

    def __init__(self, *, today: date, zone: tzinfo, unit: str) -> None:
        """``unit`` is what bare numbers of hours count: "hours" or "minutes"."""
        self._today = today
        self._zone = zone
        self._in_minutes = unit == "minutes"
        self.field = ""

    def parse(
        self, activity: Cell, day: Cell, clock: tuple[Cell, Cell], hours: Cell, note: Cell
    ) -> Stretch:
        """The stretch. Raises `CellError`, with the column at fault in ``field``."""
        self.field = "date"
        served_on = self._served_on(day)
        self.field = "time"
        starts, ends = self._times(*clock)
        self.field = "hours"
        minutes = self._minutes(hours, starts, ends)
        self.field = "activity"
        title = parse_text(activity)
        if not title:
            raise HoursFault("activity_missing")
        _check_length(title, _MOST_TITLE)
        self.field = "note"
        remark = parse_text(note)
        _check_length(remark, _MOST_NOTE)
        return Stretch(
            activity=title,
            served_on=served_on,
            starts=self._moment(served_on, starts),
            ends=self._moment(served_on, ends),
            minutes=minutes,
            note=remark,
        )

    def _moment(self, day: date, clock: time | None) -> datetime | None:
        return None if clock is None else datetime.combine(day, clock, self._zone)

    def _served_on(self, cell: Cell) -> date:
        day = parse_date(cell)
        if day is None:
            raise HoursFault("date_missing")
        if day > self._today:
            raise HoursFault("date_in_future", date=day.isoformat())
        return day

    def _times(self, start: Cell, end: Cell) -> tuple[time | None, time | None]:
        starts, ends = parse_time(start), parse_time(end)
        if starts is None and ends is None:
            return None, None
        if starts is None:
            raise HoursFault("start_missing")
        if ends is None:
            raise HoursFault("end_missing")
        if ends <= starts:
            raise HoursFault("ends_before_start", start=f"{starts:%H:%M}", end=f"{ends:%H:%M}")
        return starts, ends

    def _minutes(self, cell: Cell, starts: time | None, ends: time | None) -> int:
        minutes = parse_minutes(cell, unit="minutes" if self._in_minutes else "hours")
        most = MINUTES_OF_A_DAY
        if starts is not None and ends is not None:
            most = _minutes_of_day(ends) - _minutes_of_day(starts)
            if minutes is None:
                minutes = most
        if minutes is None:
            raise HoursFault("hours_missing")
        if minutes <= 0:
            raise HoursFault("hours_none")
        if minutes > MINUTES_OF_A_DAY:
            raise HoursFault("more_than_a_day", hours=_shown(minutes))
        if minutes > most:
            raise HoursFault(
                "more_than_stretch",
                hours=_shown(minutes),
                start=f"{starts:%H:%M}",
                end=f"{ends:%H:%M}",
                most=_shown(most),
            )
        return minutes


def _minutes_of_day(moment: time) -> int:
    return moment.hour * 60 + moment.minute + round(moment.second / 60)


def _check_length(text: str, limit: int) -> None:
    if len(text) > limit:
        raise HoursFault("text_too_long", limit=limit)


def _shown(minutes: int) -> str:
    """Hours as one reads them, without a needless decimal."""
    return f"{minutes / 60:.2f}".rstrip("0").rstrip(".")
