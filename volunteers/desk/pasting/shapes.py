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
    """Rows in the order of their lines, and the lines that name nobody, as they stand."""

    rows: tuple[PastedRow, ...]
    unread: tuple[str, ...]
