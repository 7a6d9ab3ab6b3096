"""What an import answers: how many rows were taken, and which were not, and why.

Every kind of import (`import_ledger`, `import_roster`, `import_hours`) returns an `ImportResult`;
commands, pages and the API show it without knowing the kind.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

from core.workbooks.errors import CellError

__all__ = ["ALREADY_RECORDED", "ImportResult", "RefusedRow"]

ALREADY_RECORDED = "already_recorded"
"""Code of a row that was not taken because the very same stands already."""


@dataclass(frozen=True, slots=True)
class RefusedRow:
    """A row that was not taken.

    `row` counts as the spreadsheet does, from 1; `field` is the name of the fault's column, or of
    a rule between rows (`duplicate`, `overlap`).
    """

    row: int
    field: str
    fault: CellError

    @property
    def code(self) -> str:
        """What kind of fault, for programs."""
        return self.fault.code

    @property
    def message(self) -> str:
        """The sentence that says what to do, in the language active now."""
        return self.fault.message

    def as_json(self) -> dict[str, object]:
        """As commands and the API answer it."""
        return {"row": self.row, "field": self.field, "message": self.message, "code": self.code}


@dataclass(frozen=True, slots=True, kw_only=True)
class ImportResult:
    """The outcome of one import, or of its check, which changes nothing.

    `rows` counts the records found in the sheet; `accepted` those taken (or, by a check, those
    that would be); `refused` lists all others in the sheet's order. `unchanged` counts those among
    the accepted that said what stood already.
    """

    kind: str
    rows: int
    accepted: int
    refused: Sequence[RefusedRow] = ()
    unchanged: int = 0

    @property
    def already(self) -> int:
        """Refused rows that stand already, word for word."""
        return sum(row.code == ALREADY_RECORDED for row in self.refused)

    def without_already(self) -> ImportResult:
        """The same outcome, listing only refused rows that somebody should mend."""
        return replace(self, refused=[row for row in self.refused if row.code != ALREADY_RECORDED])

    @property
    def adds_nothing_new(self) -> bool:
        """Whether every good row stands already, as after importing a file twice."""
        return self.accepted == self.unchanged and self.already + self.unchanged > 0

    def as_json(self, *, committee: str) -> dict[str, object]:
        """As `import_workbook --json` prints it; `committee` is its code."""
        return {
            "kind": self.kind,
            "committee": committee,
            "rows": self.rows,
            "accepted": self.accepted,
            "unchanged": self.unchanged,
            "already": self.already,
            "refused": [row.as_json() for row in self.refused],
        }
