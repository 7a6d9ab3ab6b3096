"""What the reader takes and gives: columns, cells, rows, sheets."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter
from typing import NamedTuple, Protocol, Self

Cell = str | float | int | bool | dt.date | dt.datetime | dt.time | dt.timedelta | None
Cells = tuple[Cell, ...]
NumberedCells = tuple[int, Cells]
Progress = Callable[[int, int], None]

MEGABYTE = 1024 * 1024
MAX_UNPACKED = 200 * MEGABYTE
MAX_RATIO = 100
MAX_ROWS = 200_000
MAX_WIDTH = 1_000


@dataclass(frozen=True, slots=True)
class Column:
    """A column an importer wants.

    `synonyms` are header texts that mean it; case, width, spaces, punctuation and units in
    parentheses do not matter, and `label` is one of them. `fill_down` is for columns whose
    blank cells repeat the one above in files that cannot say which cells are merged (csv).
    """

    name: str
    label: str
    synonyms: tuple[str, ...] = ()
    required: bool = False
    fill_down: bool = False


class Row(NamedTuple):
    """One record as it stands in the sheet.

    `number` counts as the spreadsheet does, from 1. `values` follow the order of the wanted
    columns, "" where the sheet has no such column. `cells` are all cells of the row, merged
    cells and ditto marks filled, so that the row still makes sense in another workbook.
    """

    number: int
    values: Cells
    cells: Cells


class Chunks(Protocol):
    """Where a sheet's rows are kept; may be walked more than once."""

    def __iter__(self) -> Iterator[list[NumberedCells]]: ...

    def close(self) -> None: ...


@dataclass(frozen=True, slots=True)
class HeldChunks:
    """Rows held in memory."""

    held: Sequence[list[NumberedCells]]

    def __iter__(self) -> Iterator[list[NumberedCells]]:
        return iter(self.held)

    def close(self) -> None:
        """Nothing to release."""


@dataclass(frozen=True, slots=True)
class Outline:
    """What is known of a sheet before its rows are read.

    `header_row` counts from 1 and is the lowest row of a header of several rows. `mapping` is
    column name to spreadsheet column, from 0. `rivals` are the other sheets whose header fits
    as well and which have rows: their rows are not read. `above` are the texts of the rows over
    the header, such as a title with the month it stands for.
    """

    sheet_name: str
    sheet_names: tuple[str, ...]
    rivals: tuple[str, ...]
    header_row: int
    header: tuple[str, ...]
    mapping: Mapping[str, int]
    above: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """The table found in a workbook; close it, or use `with`, when its rows are done with."""

    outline: Outline
    columns: tuple[Column, ...]
    count: int
    _chunks: Chunks = field(repr=False)

    @property
    def name(self) -> str:
        return self.outline.sheet_name

    @property
    def header_row(self) -> int:
        return self.outline.header_row

    @property
    def header(self) -> tuple[str, ...]:
        """Header texts as found, one for each spreadsheet column, "" for none."""
        return self.outline.header

    @property
    def mapping(self) -> Mapping[str, int]:
        return self.outline.mapping

    @property
    def rivals(self) -> tuple[str, ...]:
        return self.outline.rivals

    @property
    def above(self) -> tuple[str, ...]:
        """The texts over the header, one for each row that has any."""
        return self.outline.above

    @property
    def unmapped(self) -> tuple[str, ...]:
        """Header texts that no wanted column took."""
        taken = set(self.mapping.values())
        return tuple(text for at, text in enumerate(self.header) if text and at not in taken)

    @property
    def missing(self) -> tuple[Column, ...]:
        """Required columns that the sheet does not have."""
        return tuple(c for c in self.columns if c.required and c.name not in self.mapping)

    @property
    def rows(self) -> Iterable[Row]:
        """All rows, in the sheet's order; each access walks them from the start."""
        return (row for chunk in self.chunks() for row in chunk)

    def chunks(self) -> Iterator[list[Row]]:
        """The rows in lists of a few thousand, so that few are in memory at a time."""
        values = projection(self.columns, self.mapping, width=len(self.header))
        for chunk in self._chunks:
            yield [Row(number, values(cells), cells) for number, cells in chunk]

    def close(self) -> None:
        self._chunks.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


def projection(
    columns: Sequence[Column], mapping: Mapping[str, int], *, width: int
) -> Callable[[Cells], Cells]:
    """A function from a row's cells (exactly `width` of them) to the wanted columns' values."""
    places = [mapping.get(column.name, width) for column in columns]
    # itemgetter of one place gives the bare item, of none is an error: two more are harmless
    pick = itemgetter(*places, width, width)
    wanted = len(places)

    def values(cells: Cells) -> Cells:
        picked: Cells = pick((*cells, ""))
        return picked[:wanted]

    return values
