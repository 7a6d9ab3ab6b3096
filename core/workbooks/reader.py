"""The one reader of workbooks: xlsx, xls and csv."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from core.workbooks.errors import WorkbookRefused
from core.workbooks.grids import Grid, open_grids
from core.workbooks.headers import Header, find_header, header_at, mapping_with
from core.workbooks.records import numbered_records
from core.workbooks.shapes import (
    MAX_ROWS,
    MAX_WIDTH,
    Column,
    HeldChunks,
    NumberedCells,
    Outline,
    Sheet,
)
from core.workbooks.text import text_of

__all__ = ["CHUNK_ROWS", "Choices", "Opened", "open_workbook", "read_workbook"]

CHUNK_ROWS = 2_000


@dataclass(frozen=True, slots=True)
class Choices:
    """What a person chose where the reader had found something else.

    `mapping` is column name to spreadsheet column from 0, or None for "the sheet has none".
    `header_row` counts from 1.
    """

    mapping: Mapping[str, int | None] | None = None
    sheet: str | None = None
    header_row: int | None = None


@dataclass(frozen=True)
class Opened:
    """A workbook whose table is found and whose rows are still to be walked, once."""

    outline: Outline
    height: int
    records: Iterator[NumberedCells]

    def chunks(self) -> Iterator[list[NumberedCells]]:
        while chunk := list(islice(self.records, CHUNK_ROWS)):
            yield chunk


def read_workbook(
    path: Path,
    columns: Sequence[Column],
    *,
    mapping: Mapping[str, int | None] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
) -> Sheet:
    """The table in the workbook at `path`, all in memory.

    Finds the sheet and the header that name most of `columns`; `mapping`, `sheet` and
    `header_row` (from 1) are a person's corrections. Raises `WorkbookRefused`. For files from
    elsewhere use `read_in_child`: a sheet may claim more cells than the memory holds, and that
    ends the process.
    """
    opened = open_workbook(path, columns, Choices(mapping, sheet, header_row))
    chunks = list(opened.chunks())
    return Sheet(opened.outline, tuple(columns), sum(map(len, chunks)), HeldChunks(chunks))


def open_workbook(path: Path, columns: Sequence[Column], choices: Choices) -> Opened:
    """Find the table; its rows are read as they are walked. Raises `WorkbookRefused`."""
    unknown = set(choices.mapping or ()) - {column.name for column in columns}
    if unknown:
        raise ValueError(f"The mapping names unknown columns: {sorted(unknown)}")
    found = _found_tables(path, columns, choices)
    grid, header = found.best
    _check_extent(grid, header)
    outline = Outline(
        sheet_name=grid.name,
        sheet_names=tuple(found.names),
        rivals=tuple(found.rivals),
        header_row=header.row + 1,
        header=header.texts,
        mapping=mapping_with(header, choices.mapping or {}, width=grid.width, sheet=grid.name),
        above=_above(grid, header),
    )
    below = islice(grid.rows(), header.row + 1, None)
    records = numbered_records(below, outline=outline, columns=columns, merges=grid.merges)
    return Opened(outline, grid.height, records)


@dataclass(frozen=True)
class _Found:
    best: tuple[Grid, Header]
    names: list[str]
    rivals: list[str]


def _found_tables(path: Path, columns: Sequence[Column], choices: Choices) -> _Found:
    """The sheet that names most columns, the first among equals; others are let go at once."""
    best: tuple[Grid, Header] | None = None
    names: list[str] = []
    rivals: list[str] = []
    for grid in open_grids(path):
        names.append(grid.name)
        if choices.sheet not in {None, grid.name}:
            continue
        header = _header(grid, columns, choices)
        if header is None:
            continue
        if best is None or header.score > best[1].score:
            best, rivals = (grid, header), []
        elif header.score == best[1].score > 0 and grid.height > header.row + 1:
            rivals.append(grid.name)
    if best is None:
        if choices.sheet in {None, *names}:
            raise WorkbookRefused("empty")
        raise WorkbookRefused("no_sheet", sheet=choices.sheet or "")
    return _Found(best, names, rivals)


def _header(grid: Grid, columns: Sequence[Column], choices: Choices) -> Header | None:
    if choices.header_row is not None:
        return header_at(grid, choices.header_row - 1, columns)
    return find_header(grid, columns)


def _above(grid: Grid, header: Header) -> tuple[str, ...]:
    lines = (" ".join(filter(None, map(text_of, row))) for row in grid.head[: header.row])
    return tuple(filter(None, lines))


def _check_extent(grid: Grid, header: Header) -> None:
    if grid.width > MAX_WIDTH:
        raise WorkbookRefused("too_wide", sheet=grid.name, width=grid.width, limit=MAX_WIDTH)
    if grid.height - header.row - 1 > MAX_ROWS:
        raise WorkbookRefused("too_many_rows", sheet=grid.name, rows=grid.height, limit=MAX_ROWS)
