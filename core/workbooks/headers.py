"""Finding the header under title rows, and whose column is whose."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from core.workbooks.errors import WorkbookRefused
from core.workbooks.grids import HEAD_ROWS, Grid, Merge
from core.workbooks.shapes import Cells, Column
from core.workbooks.text import header_key, matching_key, text_of

__all__ = ["Header", "find_header", "header_at", "mapping_with", "names_what_is_needed"]

_MOST_HEADER_ROWS = 3

Rows = Sequence[Cells]


@dataclass(frozen=True)
class Header:
    """A header: its lowest row from 0, its texts by spreadsheet column, the columns it names."""

    row: int
    texts: tuple[str, ...]
    mapping: Mapping[str, int]
    score: float


def find_header(grid: Grid, columns: Sequence[Column]) -> Header | None:
    """The row in the grid's head that names most wanted columns, the first among equals.

    Where none names any: the row with most texts, so that a person can choose the columns. None
    for a grid without any text.
    """
    rows, merges = grid.head, grid.merges or []
    found = [_header(rows, merges, at, columns) for at in range(len(rows))]
    best = max(found, key=lambda header: header.score, default=None)
    if best is None:
        return None
    if best.score:
        return _lowest(best, rows, merges, columns)
    fullest = max(found, key=lambda header: sum(map(bool, header.texts)))
    return fullest if any(fullest.texts) else None


def header_at(grid: Grid, row: int, columns: Sequence[Column]) -> Header | None:
    """The header in a row that a person chose (from 0), None when there is no such row."""
    rows = grid.head
    return _header(rows, grid.merges or [], row, columns) if 0 <= row < len(rows) else None


def mapping_with(
    header: Header, corrected: Mapping[str, int | None], *, width: int, sheet: str
) -> dict[str, int]:
    """The header's mapping with a person's corrections: a place from 0, None for "not there".

    Raises `WorkbookRefused` for a place that the sheet does not have.
    """
    chosen = {name: place for name, place in corrected.items() if place is not None}
    for place in chosen.values():
        if not 0 <= place < width:
            raise WorkbookRefused("no_column", sheet=sheet, number=place + 1)
    taken = set(chosen.values())
    kept = {
        name: place
        for name, place in header.mapping.items()
        if name not in corrected and place not in taken
    }
    return kept | chosen


def names_what_is_needed(texts: Sequence[str], columns: Sequence[Column]) -> bool:
    """Whether a header with these texts names every required one of the columns."""
    named = _mapping(texts, columns)
    return all(column.name in named for column in columns if column.required)


def _header(rows: Rows, merges: Sequence[Merge], at: int, columns: Sequence[Column]) -> Header:
    texts = tuple(text_of(cell) for cell in rows[at])
    for (top, left), (bottom, right) in merges:
        # names reaching down from a row above; those across several columns name a group
        if left == right and top < at <= bottom and not texts[left]:
            texts = (*texts[:left], text_of(rows[top][left]), *texts[left + 1 :])
    mapping = _mapping(texts, columns)
    required = sum(column.required for column in columns if column.name in mapping)
    return Header(at, texts, mapping, len(mapping) + required / 2)


def _lowest(
    header: Header, rows: Rows, merges: Sequence[Merge], columns: Sequence[Column]
) -> Header:
    """The same header read in its lowest row, where some of its names span several rows."""
    last = min(len(rows), header.row + _MOST_HEADER_ROWS, HEAD_ROWS) - 1
    lowest = max(
        (
            bottom
            for (top, left), (bottom, _) in merges
            if top == header.row and bottom <= last and left in header.mapping.values()
        ),
        default=header.row,
    )
    lower = _header(rows, merges, lowest, columns)
    return lower if lower.score >= header.score else header


def _mapping(texts: Sequence[str], columns: Sequence[Column]) -> dict[str, int]:
    """Column name to place; each place goes to one column, the earlier column first.

    Whole headers count before headers without what stands in parentheses: of 时间 and 时间（结束）,
    a column that is called 时间（结束） takes the second.
    """
    mapping: dict[str, int] = {}
    for key_of in (matching_key, header_key):
        places: dict[str, int] = {}
        for place, text in enumerate(texts):
            if text and place not in mapping.values():
                places.setdefault(key_of(text), place)
        for column in columns:
            if column.name not in mapping:
                mapping |= _claim(column, places, key_of)
    return mapping


def _claim(column: Column, places: dict[str, int], key_of: Callable[[str], str]) -> dict[str, int]:
    """The place of the column's first synonym among `places`, which loses it."""
    for synonym in (column.label, *column.synonyms, column.name):
        key = key_of(str(synonym))
        if key in places:
            return {column.name: places.pop(key)}
    return {}
