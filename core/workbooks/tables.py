"""Tables that people take along: a workbook or a text file, row by row, in bounded memory.

No cell becomes a formula, whatever somebody wrote as a name: in a workbook texts stay texts, and in
a text file a beginning that spreadsheets would reckon with gets an apostrophe before it.
"""

from __future__ import annotations

import csv
import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["Column", "write_csv", "write_xlsx"]

TableCell = str | int | float | dt.date | dt.datetime | None

_FORMULA_BEGINS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")
_LONGEST_TEXT = 32_767  # what a cell holds
_TEXT = 49  # the number of the built-in format "text"
_FORMATS = {
    "text": {"num_format": _TEXT},
    "day": {"num_format": "yyyy-mm-dd"},
    "moment": {"num_format": "yyyy-mm-dd hh:mm"},
    "hours": {"num_format": "0.0"},
    "number": {"num_format": "0"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """A column: its title, its width in characters, and text, day, moment, hours or number."""

    title: str
    width: int = 14
    form: str = "text"


def write_xlsx(
    path: Path, title: str, columns: Sequence[Column], rows: Iterable[Sequence[TableCell]]
) -> int:
    """Writes the rows below the titles on one sheet and answers how many there were.

    Moments are without zone, in the reader's time; hours are a number of hours.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - 150 ms that only this job needs

    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),  # people's data stays where it belongs
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    count = 0
    with Workbook(str(path), options) as workbook:
        sheet = workbook.add_worksheet(title)
        formats = {name: workbook.add_format(form) for name, form in _FORMATS.items()}
        bold = workbook.add_format({"bold": True, "bg_color": "#F1F5F4", "num_format": _TEXT})
        for place, column in enumerate(columns):
            sheet.set_column(place, place, column.width, formats[column.form])
            sheet.write_string(0, place, column.title, bold)
        sheet.freeze_panes(1, 0)
        for count, row in enumerate(rows, start=1):
            for place, (column, cell) in enumerate(zip(columns, row, strict=True)):
                _write(sheet, count, place, cell, formats[column.form])
    return count


def write_csv(path: Path, columns: Sequence[Column], rows: Iterable[Sequence[TableCell]]) -> int:
    """Writes the rows as UTF-8 with a mark by which spreadsheets know it; answers how many."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file)
        writer.writerow([_defused(column.title) for column in columns])
        written = (writer.writerow(_plain_row(columns, row)) for row in rows)
        return sum(1 for _characters in written)


def _write(sheet: Any, row: int, place: int, cell: TableCell, form: Any) -> None:
    match cell:
        case None | "":
            return
        case dt.datetime() | dt.date():
            sheet.write_datetime(row, place, cell, form)
        case int() | float():
            sheet.write_number(row, place, cell, form)
        case _:
            sheet.write_string(row, place, cell[:_LONGEST_TEXT], form)


def _plain_row(columns: Sequence[Column], row: Sequence[TableCell]) -> list[str]:
    return [_plain(column, cell) for column, cell in zip(columns, row, strict=True)]


def _plain(column: Column, cell: TableCell) -> str:
    match cell:
        case None:
            return ""
        case dt.datetime():
            return f"{cell:%Y-%m-%d %H:%M}"
        case dt.date():
            return cell.isoformat()
        case int() | float():
            return f"{cell:.1f}" if column.form == "hours" else str(cell)
        case _:
            return _defused(cell)


def _defused(text: str) -> str:
    return f"'{text}" if text.lstrip(" ").startswith(_FORMULA_BEGINS) else text
