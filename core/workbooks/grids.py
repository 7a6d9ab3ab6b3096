"""Workbooks of every kind as sheets of rows of cells."""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from python_calamine import (
    CalamineError,
    CalamineSheet,
    CalamineWorkbook,
    PasswordError,
    SheetTypeEnum,
    SheetVisibleEnum,
    load_workbook,
)

from core.workbooks.errors import WorkbookRefused
from core.workbooks.safety import check_file
from core.workbooks.shapes import Cell, Cells

__all__ = ["HEAD_ROWS", "Grid", "Merge", "open_grids"]

HEAD_ROWS = 40
"""A header stands in the first rows or nowhere."""

Merge = tuple[tuple[int, int], tuple[int, int]]
"""First and last cell of a merged range, each (row, column) from 0."""


@dataclass(frozen=True)
class Grid:
    """A sheet. `rows` begins with the spreadsheet's first row; each row has `width` cells.

    `merges` is None where the format cannot say what is merged.
    """

    name: str
    height: int
    width: int
    merges: Sequence[Merge] | None
    rows: Callable[[], Iterator[Cells]]

    @property
    def head(self) -> list[Cells]:
        return list(islice(self.rows(), HEAD_ROWS))


def open_grids(path: Path) -> Iterator[Grid]:
    """Each of the file's sheets in turn, hidden ones last; a csv file is one without a name.

    Raises `WorkbookRefused`.
    """
    if check_file(path) == "csv":
        yield _csv_grid(path)
        return
    with path.open("rb") as file, _calamine():
        workbook = load_workbook(file)
    for name in _sheet_names(workbook):
        with _calamine():
            sheet = workbook.get_sheet_by_name(name)
        yield _calamine_grid(sheet)


def _sheet_names(workbook: CalamineWorkbook) -> list[str]:
    sheets = workbook.sheets_metadata
    if any(s.typ in (SheetTypeEnum.MacroSheet, SheetTypeEnum.Vba) for s in sheets):
        raise WorkbookRefused("macros")
    tables = [sheet for sheet in sheets if sheet.typ == SheetTypeEnum.WorkSheet]
    visible = [s.name for s in tables if s.visible == SheetVisibleEnum.Visible]
    return visible + [s.name for s in tables if s.visible != SheetVisibleEnum.Visible]


@contextmanager
def _calamine() -> Iterator[None]:
    """Whatever calamine cannot read is broken, also where it panics instead of answering."""
    try:
        yield
    except PasswordError as error:
        raise WorkbookRefused("encrypted") from error
    except CalamineError as error:
        raise WorkbookRefused("broken") from error
    except BaseException as error:
        if type(error).__name__ == "PanicException":
            raise WorkbookRefused("broken") from error
        raise


def _calamine_grid(sheet: CalamineSheet) -> Grid:
    if sheet.start is None or sheet.end is None:
        return Grid(sheet.name, 0, 0, [], lambda: iter(()))
    # calamine leaves out the empty columns at the left, though not the empty rows above
    left: Cells = ("",) * sheet.start[1]
    height, width = sheet.end[0] + 1, sheet.end[1] + 1

    def rows() -> Iterator[Cells]:
        return ((*left, *row) for row in sheet.iter_rows())

    return Grid(sheet.name, height, width, sheet.merged_cell_ranges or [], rows)


def _csv_grid(path: Path) -> Grid:
    encoding = _encoding(path)
    try:
        delimiter = max(",\t;", key=lambda mark: _fields_in_head(path, encoding, mark))
        height, width = _extent(_records(path, encoding, delimiter))
    except csv.Error as error:
        raise WorkbookRefused("broken") from error

    def rows() -> Iterator[Cells]:
        records = _records(path, encoding, delimiter)
        return (_padded([_unquoted(cell) for cell in record], width) for record in records)

    return Grid("", height, width, None, rows)


def _records(path: Path, encoding: str, delimiter: str) -> Iterator[list[str]]:
    with path.open(encoding=encoding, newline="") as file:
        yield from csv.reader(file, delimiter=delimiter)


def _fields_in_head(path: Path, encoding: str, delimiter: str) -> int:
    return sum(len(record) for record in islice(_records(path, encoding, delimiter), HEAD_ROWS))


def _extent(records: Iterable[list[str]]) -> tuple[int, int]:
    widths = Counter(map(len, records))
    return widths.total(), max(widths, default=0)


def _unquoted(cell: str) -> str:
    """`="0123"` is how csv files make Excel keep a text."""
    if cell.startswith('="') and cell.endswith('"') and len(cell) > 2:
        return cell[2:-1]
    return cell


def _padded(cells: Sequence[Cell], width: int) -> Cells:
    return (*cells, *[""] * (width - len(cells)))


def _encoding(path: Path) -> str:
    """UTF-8 where the whole file is, else GB18030 (which holds GBK and GB 2312)."""
    with path.open("rb") as file:
        if file.read(2) in {b"\xff\xfe", b"\xfe\xff"}:
            return _checked_encoding(path, "utf-16")
    try:
        return _checked_encoding(path, "utf-8-sig")
    except WorkbookRefused:
        return _checked_encoding(path, "gb18030")


def _checked_encoding(path: Path, encoding: str) -> str:
    try:
        with path.open(encoding=encoding, newline="") as file:
            while file.read(1 << 20):
                pass
    except UnicodeError as error:
        raise WorkbookRefused("wrong_type") from error
    return encoding
