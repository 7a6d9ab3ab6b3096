"""The workbook of refused rows: what was sent, and why it was not taken."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

from django.utils.translation import gettext as _

from core.confined.errors import gettext_noop
from core.workbooks.shapes import Cell

__all__ = ["Reason", "write_refused_rows"]

Reason = tuple[str, str]
"""The label of the field at fault, and the sentence that says what to do."""

_REASON_HEADERS = (gettext_noop("Field at fault"), gettext_noop("What to do"))
# So that a row refused twice has its latest reason only, whatever language it was refused in.
_REASON_TEXTS = frozenset((*_REASON_HEADERS, "问题字段", "怎么办"))
_TEXT = 49  # the number of the built-in format "text"
_LONGEST_TEXT = 32_767  # what a cell holds
_FIRST_DAY = dt.date(1900, 3, 1)  # before it the spreadsheet's calendar is wrong by a day


def write_refused_rows(
    path: Path,
    header: Sequence[str],
    rows: Iterable[Sequence[Cell]],
    reasons: Iterable[Reason],
) -> int:
    """Write `rows` as they were sent, each beside its reason, to be mended and imported again.

    `header` and the rows are those of the sheet (`Sheet.header`, `Row.cells`); the reasons come in
    the rows' order. Cells keep their types, texts stay texts (a leading = makes no formula), and
    all columns are formatted as text, so that an identity number entered there keeps its digits.
    Answers the number of rows; raises ValueError when rows and reasons differ in number.
    """
    from xlsxwriter import Workbook  # noqa: PLC0415 - 150 ms that only this job needs

    kept = [place for place, text in enumerate(header) if text not in _REASON_TEXTS]
    options = {
        "constant_memory": True,
        "tmpdir": str(path.parent),  # people's data stays where it belongs
        "strings_to_formulas": False,
        "strings_to_numbers": False,
        "strings_to_urls": False,
    }
    count = 0
    with Workbook(str(path), options) as workbook:
        sheet = _Sheet(workbook, [header[place] for place in kept])
        for count, (cells, reason) in enumerate(zip(rows, reasons, strict=True), start=1):
            sheet.write_row(count, [cells[place] for place in kept if place < len(cells)], reason)
    return count


class _Sheet:
    """The one sheet, with its formats."""

    def __init__(self, workbook: Any, header: Sequence[str]) -> None:
        self._width = len(header)
        self._sheet = workbook.add_worksheet(_("Refused rows"))
        text = workbook.add_format({"num_format": _TEXT})
        self._reason = workbook.add_format(
            {"num_format": _TEXT, "text_wrap": True, "valign": "top"}
        )
        bold = workbook.add_format({"bold": True, "bg_color": "#F1F5F4", "num_format": _TEXT})
        self._formats = {
            dt.datetime: workbook.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            dt.date: workbook.add_format({"num_format": "yyyy-mm-dd"}),
            dt.time: workbook.add_format({"num_format": "hh:mm"}),
            dt.timedelta: workbook.add_format({"num_format": "[h]:mm"}),
        }
        if self._width:
            self._sheet.set_column(0, self._width - 1, 16, text)
        self._sheet.set_column(self._width, self._width, 14, self._reason)
        self._sheet.set_column(self._width + 1, self._width + 1, 60, self._reason)
        self._sheet.freeze_panes(1, 0)
        for place, title in enumerate([*header, *map(_, _REASON_HEADERS)]):
            self._sheet.write_string(0, place, title[:_LONGEST_TEXT], bold)

    def write_row(self, row: int, cells: Sequence[Cell], reason: Reason) -> None:
        for place, cell in enumerate(cells):
            self._write(row, place, cell)
        for place, text in enumerate(reason, start=self._width):
            self._sheet.write_string(row, place, text, self._reason)

    def _write(self, row: int, place: int, cell: Cell) -> None:
        match cell:
            case None | "":
                return
            case bool():
                self._sheet.write_boolean(row, place, cell)
            case int() | float() if math.isfinite(cell):
                self._sheet.write_number(row, place, cell)
            case dt.date() | dt.time() | dt.timedelta() if _fits_calendar(cell):
                self._sheet.write_datetime(row, place, cell, self._formats[type(cell)])
            case _:
                self._sheet.write_string(row, place, str(cell)[:_LONGEST_TEXT])


def _fits_calendar(cell: dt.date | dt.time | dt.timedelta) -> bool:
    """Whether the spreadsheet's calendar has this date; it has all times."""
    if isinstance(cell, dt.datetime):
        return cell.date() >= _FIRST_DAY
    return not isinstance(cell, dt.date) or cell >= _FIRST_DAY
