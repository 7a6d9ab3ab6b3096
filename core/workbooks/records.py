"""From a sheet's rows below the header to its records."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from operator import itemgetter

from core.workbooks.grids import Merge
from core.workbooks.shapes import Cell, Cells, Column, NumberedCells, Outline
from core.workbooks.text import is_blank, plain_line

__all__ = ["numbered_records"]

_DITTO = frozenset(("同上", "〃", "″", "”", '"', "''", "、、"))
_SUMS = re.compile(
    r"(?:本[页月表次]|全[省市县区镇]|以上|人员|时长)?(?:合计|总计|小计|共计|累计|总数|总人数)(?:[:\d(,].*|人数?.*|)"
)
_SIGNATURES = re.compile(
    r"(?:填表|填报|制表|审核|审批|复核|经办|负责|联系|统计|录入|签字|盖章|报送|单位|分管|主管)"
    r"(?:人|者|员|单位|日期|时间|电话|负责|领导|意见)*(?:签字|签名|签章|盖章)?(?:\(.*?\))?(?::.*|)"
)
_NOTES = re.compile(r"(?:注|备注|说明|填表说明|填报说明)\d*(?::.*|)")


def numbered_records(
    rows: Iterable[Cells],
    *,
    outline: Outline,
    columns: Sequence[Column],
    merges: Sequence[Merge] | None,
) -> Iterator[NumberedCells]:
    """The records among `rows`, which begin right below the header, with their row numbers.

    Blank rows, rows prepared with nothing but a serial number, repeated headers and footers are
    none; a row that has all required cells is one, whatever its first word. Merged cells and
    ditto marks are filled with what they stand for.
    """
    wanted = _picker(outline.mapping.values()) or tuple
    needed = [
        outline.mapping[column.name]
        for column in columns
        if column.required and column.name in outline.mapping
    ]
    # of a footer, one required column may hold the word itself
    evidence = _picker(needed) if len(needed) > 1 else None
    filled = _Filled(_downward(merges or []), _repeating(columns, outline, merges))
    for number, cells in enumerate(rows, start=outline.header_row + 1):
        whole = filled.row(cells, at=number - 1)
        incomplete = evidence is None or any(map(is_blank, evidence(cells)))
        if incomplete and (all(map(is_blank, wanted(cells))) or is_footer(cells)):
            continue
        if cells != outline.header:
            yield number, whole


def _picker(places: Iterable[int]) -> Callable[[Cells], Cells] | None:
    """A function that picks the cells in `places`, None without any."""
    chosen = list(places)
    # the first twice, because itemgetter gives a bare cell for one place
    return itemgetter(*chosen, chosen[0]) if chosen else None


def is_footer(cells: Cells) -> bool:
    """Whether the row begins with a word for a sum, a signature or a note."""
    first = next((cell for cell in cells if not is_blank(cell)), None)
    if not isinstance(first, str):
        return False
    text = plain_line(first).replace(" ", "")
    return any(pattern.fullmatch(text) for pattern in (_SUMS, _SIGNATURES, _NOTES))


def _downward(merges: Sequence[Merge]) -> dict[int, list[tuple[int, int]]]:
    """By first row: column and last row of each range merged over several rows.

    Only its first column is filled: a text across several columns belongs to the first of them.
    """
    downward: dict[int, list[tuple[int, int]]] = {}
    for (top, left), (bottom, _) in merges:
        if bottom > top:
            downward.setdefault(top, []).append((left, bottom))
    return downward


def _repeating(
    columns: Sequence[Column], outline: Outline, merges: Sequence[Merge] | None
) -> frozenset[int]:
    if merges is not None:
        return frozenset()
    return frozenset(
        outline.mapping[column.name]
        for column in columns
        if column.fill_down and column.name in outline.mapping
    )


class _Filled:
    """Fills what a row leaves to the rows above it; must see every row in order."""

    def __init__(
        self, downward: dict[int, list[tuple[int, int]]], repeating: frozenset[int]
    ) -> None:
        self._downward = downward
        self._repeating = repeating
        self._open: dict[int, tuple[int, Cell]] = {}
        self._above: Cells = ()

    def row(self, cells: Cells, *, at: int) -> Cells:
        """`cells` of the spreadsheet's row `at` (from 0), filled."""
        missing: dict[int, Cell] = {}
        if self._downward:
            missing |= self._merged(cells, at)
        if self._above:
            missing |= self._repeated(cells)
        if missing:
            cells = tuple(missing.get(column, cell) for column, cell in enumerate(cells))
        self._above = cells
        return cells

    def _merged(self, cells: Cells, at: int) -> dict[int, Cell]:
        for column, last in self._downward.get(at, ()):
            self._open[column] = (last, cells[column])
        return {
            column: value
            for column, (last, value) in self._open.items()
            if at <= last and is_blank(cells[column])
        }

    def _repeated(self, cells: Cells) -> dict[int, Cell]:
        places = [column for column in self._repeating if is_blank(cells[column])]
        if not _DITTO.isdisjoint(cells):
            places += [column for column, cell in enumerate(cells) if cell in _DITTO]
        return {column: self._above[column] for column in places}
