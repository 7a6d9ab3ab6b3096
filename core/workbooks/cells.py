"""Parsers of cells, each from a raw cell to a value or a `CellError` that says what to do.

Blank cells, and the words by which offices say that there is none, give None ("" for texts):
whether a value must be there is for the importer to say. Repeated cells are remembered, except
identifiers of people, which are not kept in memory longer than needed.
"""

from core.workbooks.dates import parse_date
from core.workbooks.errors import CellError
from core.workbooks.identifiers import (
    parse_identity,
    parse_identity_or_phone,
    parse_name,
    parse_phone,
)
from core.workbooks.text import is_blank, is_none_word, matching_key, parse_text
from core.workbooks.times import parse_minutes, parse_time, unit_of_header
from core.workbooks.words import parse_count, parse_yes_no

__all__ = [
    "CellError",
    "is_blank",
    "is_none_word",
    "matching_key",
    "parse_count",
    "parse_date",
    "parse_identity",
    "parse_identity_or_phone",
    "parse_minutes",
    "parse_name",
    "parse_phone",
    "parse_text",
    "parse_time",
    "parse_yes_no",
    "unit_of_header",
]
