"""What reading a pasted text gives."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["NO_CELLS", "Pasted", "PastedRow"]

NO_CELLS: Mapping[str, str] = dict.fromkeys(
    ("person", "activity", "date", "start", "end", "hours", "note"), ""
)


@dataclass(frozen=True, slots=True)
class PastedRow:
    """One row of the draft, from line ``line`` of the text (counted from 1); cells as text."""

    line: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Pasted:
    """Rows in the order of their lines, and the other lines, as they stand.

    ``unread`` were not understood, ``left_out`` are surely no rows. No line but a blank one is in
    none of the three, or in two.
    """

    rows: tuple[PastedRow, ...]
    unread: tuple[str, ...]
    left_out: tuple[str, ...]
