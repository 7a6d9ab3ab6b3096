"""What can be wrong with a row of a ledger."""

from __future__ import annotations

from typing import ClassVar

from core.workbooks.errors import CellError, gettext_noop

__all__ = ["LedgerFault", "RowRefused"]


class LedgerFault(CellError):
    """A cell that reads well and yet cannot be taken."""

    sentences: ClassVar[dict[str, str]] = {
        "ledger_county_missing": gettext_noop(
            "The county is missing. Write its name as in the list of divisions."
        ),
        "ledger_county_unknown": gettext_noop(
            "“{county}” is no county below {city} that your committee answers for. Write its "
            "full name as in the list of divisions."
        ),
        "ledger_county_ambiguous": gettext_noop(
            "Several counties are called “{county}”. Write the city in its column."
        ),
        "ledger_city_unknown": gettext_noop(
            "“{city}” is no city that your committee answers for. Write its full name."
        ),
        "ledger_name_too_long": gettext_noop(
            "The name is longer than {most} characters. Write the organisation's name alone."
        ),
        "ledger_kind_unknown": gettext_noop(
            "“{kind}” is no kind of organisation. Write volunteers' federation (志愿者联合会), "
            "young volunteers' association (青年志愿者协会) or service team (服务队)."
        ),
        "ledger_founded_ahead": gettext_noop(
            "The founding day {day} lies in the future. Check the year."
        ),
        "ledger_duplicate": gettext_noop(
            "The same organisation stands in row {row}. Keep one of the two rows."
        ),
    }


class RowRefused(Exception):
    """A row is not taken because of one of its fields."""

    def __init__(self, field: str, fault: CellError) -> None:
        super().__init__(field, fault)
        self.field = field
        self.fault = fault
