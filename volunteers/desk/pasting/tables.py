"""Tables copied from Excel or WPS: cells between tabs, with a header or without."""

from __future__ import annotations

import csv
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from io import StringIO
from itertools import pairwise

from core.workbooks.cells import parse_date, parse_minutes, parse_time, unit_of_header
from core.workbooks.errors import CellError
from core.workbooks.grids import Grid
from core.workbooks.headers import Header, find_header
from volunteers.desk.pasting.lines import parts_of, plain_line, time_range
from volunteers.desk.pasting.noise import is_noise
from volunteers.desk.pasting.persons import read_person
from volunteers.desk.pasting.shapes import NO_CELLS, Pasted, PastedRow
from volunteers.desk.pasting.yearless import with_year
from volunteers.hours.imports.columns import HOURS_COLUMNS

__all__ = ["read_table"]

MOST_COLUMNS = 40
_HAN_NAME = re.compile(r"[\u3400-\u9fff\U00020000-\U0003ffff·]{2,6}")
_BARE_NUMBER = re.compile(r"\d{1,2}(?:\.\d{1,2})?")
_COUNT = re.compile(r"\d{1,4}(?:\.\d+)?")
_SUM = re.compile(r"\d{1,6}(?:\.\d+)?\s*(?:人|名|位|人次|次|个|小时|分钟|[hH])?")
_COLUMNS = [replace(column, required=column.name == "name") for column in HOURS_COLUMNS]

Lines = Sequence[tuple[str, ...]]


class _Plain(csv.excel_tab):
    """Quotes are characters like any others."""

    quoting = csv.QUOTE_NONE
    quotechar = None


def read_table(text: str, *, today: date) -> Pasted:
    """Each line with a person's name or number is a row; see `reading.read_pasted`."""
    lines = _lines(text)
    header = _header(lines)
    first = 0 if header is None else header.row + 1
    places = _guessed(lines, today) if header is None else header.mapping
    minutes = header is not None and _counts_minutes(header)
    rows: list[PastedRow] = []
    unread: list[str] = []
    left_out: list[str] = []
    for number, line in enumerate(lines, start=1):
        cells = _cells(line, places, minutes=minutes) if number > first else None
        if cells is not None:
            rows.append(PastedRow(number, cells))
        elif number == first or _is_around(line):
            left_out.append(_shown(line))
        elif any(line):
            unread.append(_shown(line))
    return Pasted(tuple(rows), tuple(unread), tuple(left_out))


def _is_around(line: tuple[str, ...]) -> bool:
    """Whether the line is a heading or a sum: words that name nobody, and figures beside them."""
    texts = [plain_line(cell) for cell in line if cell and not _SUM.fullmatch(plain_line(cell))]
    return bool(texts) and all(is_noise(text, is_entry=False) for text in texts)


def _lines(text: str) -> Lines:
    """Cells by line; a quoted cell may hold line breaks, which become blanks.

    Where the quotes do not close, they are plain characters and each line is one.
    """
    text = text.replace("\x00", "")
    plain = text.count('"') % 2 == 1
    try:
        read = list(csv.reader(StringIO(text), _Plain if plain else csv.excel_tab))
    except csv.Error:
        read = [line.split("\t") for line in text.splitlines()]
    return [tuple(" ".join(cell.split()) for cell in line[:MOST_COLUMNS]) for line in read]


def _header(lines: Lines) -> Header | None:
    """The row that heads a column of names or numbers."""
    width = max((len(line) for line in lines), default=0)
    filled = [line + ("",) * (width - len(line)) for line in lines]
    grid = Grid(name="", height=len(lines), width=width, merges=None, rows=lambda: iter(filled))
    header = find_header(grid, _COLUMNS)
    if header is None or len(header.mapping) < 2:
        return None
    return header if {"name", "volunteer"} & header.mapping.keys() else None


def _counts_minutes(header: Header) -> bool:
    place = header.mapping.get("hours")
    return place is not None and unit_of_header(header.texts[place]) == "minutes"


def _cells(
    line: tuple[str, ...], places: Mapping[str, int], *, minutes: bool
) -> Mapping[str, str] | None:
    """The row's cells, None where nobody is named."""
    given = {name: line[place] for name, place in places.items() if place < len(line)}
    person = " ".join(filter(None, (given.pop("name", ""), given.pop("volunteer", ""))))
    if is_noise(person, is_entry=True) or read_person(person).is_nothing:
        return None
    cells = {**NO_CELLS, **given, "person": person}
    if minutes and _COUNT.fullmatch(plain_line(cells["hours"])):
        cells["hours"] += "分钟"
    return _parted(cells)


def _parted(cells: dict[str, str]) -> Mapping[str, str]:
    """Times that stand beside the day, or both in one cell, go into their own."""
    for name in ("date", "start"):
        plain = plain_line(cells[name])
        if (pair := time_range(plain)) and not cells["end"]:
            parts = parts_of(plain, bare_hours=False)
            cells["start"], cells["end"] = pair
            if name == "date":
                cells["date"] = parts.date
    return cells


def _guessed(lines: Lines, today: date) -> Mapping[str, int]:
    """Which column holds what, by what most of its cells look like."""
    width = max((len(line) for line in lines), default=0)
    columns = [[line[at] for line in lines if at < len(line) and line[at]] for at in range(width)]
    places: dict[str, int] = {}
    for at, cells in enumerate(columns):
        if not cells or _counts_up(cells, at):
            continue
        kind = Counter(_kind(cell, today) for cell in cells).most_common(1)[0][0]
        for name in _NAMES_OF[kind]:
            if name not in places:
                places[name] = at
                break
    return places


# A column of a kind goes to the first of these that is not taken.
_NAMES_OF: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "activity", "note"),
    "number": ("volunteer",),
    "date": ("date",),
    "range": ("start",),
    "time": ("start", "end"),
    "hours": ("hours",),
    "text": ("activity", "note"),
}


def _counts_up(cells: Sequence[str], at: int) -> bool:
    """Whether a first column only counts the rows."""
    numbers = [cell.rstrip(".、") for cell in cells]
    if at or not all(number.isascii() and number.isdigit() for number in numbers):
        return False
    steps = {int(b) - int(a) for a, b in pairwise(numbers)}
    return steps <= {1} and all(len(number) <= 4 for number in numbers)


def _kind(cell: str, today: date) -> str:
    plain = plain_line(cell)
    if _HAN_NAME.fullmatch(plain):
        return "name"
    person = read_person(plain)
    if person.identity or person.phone or person.portal:
        return "number"
    if time_range(plain) is not None:
        return "range"
    if _is(lambda: parse_date(with_year(plain, today=today))) and not _BARE_NUMBER.fullmatch(plain):
        return "date"
    if _is(lambda: parse_time(plain)):
        return "time"
    return "hours" if _is(lambda: parse_minutes(plain)) else "text"


def _is(parse: Callable[[], object]) -> bool:
    """Whether the cell can be read so."""
    try:
        return parse() is not None
    except CellError:
        return False


def _shown(line: Sequence[str]) -> str:
    return "\t".join(line).rstrip("\t")
