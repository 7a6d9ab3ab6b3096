"""Cells that identify people: identity numbers, telephones, names. Nothing is ever guessed."""

from __future__ import annotations

import re
from functools import lru_cache

from core.identity.names import normalize_name
from core.identity.phones import InvalidPhone, normalize_phone
from core.identity.text import plain_text
from core.workbooks.errors import CellError
from core.workbooks.shapes import Cell
from core.workbooks.text import WHOLE_DIGITS, is_none_word, text_of

__all__ = ["parse_identity", "parse_identity_or_phone", "parse_name", "parse_phone"]

_IDENTITY = re.compile(r"[0-9]{17}[0-9X]")
_MOBILE = re.compile(r"1[3-9][0-9]{9}")
_MOBILE_ABROAD = re.compile(r"(?:(?:00)?86)?(1[3-9][0-9]{9})")
_AROUND = str.maketrans("", "", " -'‘’\"“”")
# What a spreadsheet leaves of a long number: 4.49900E+17, 449900199003010000.0
_SPOILT = re.compile(r"\d(?:\.\d+)?e\+?\d+|\d+\.\d*", re.IGNORECASE)
_PHONE_NOISE = re.compile(r"[\s\-()+]")


def parse_identity(cell: Cell) -> str:
    """The text of an identity number, "" for a blank cell or a word for none.

    Without spaces, in plain capitals; whether it is a right number is for
    `core.identity.identity_numbers` to say. Raises `CellError` where the spreadsheet may have
    lost digits: number cells past 15 digits, 4.49E+17.
    """
    if isinstance(cell, str):
        if _IDENTITY.fullmatch(cell):
            return cell
        if is_none_word(cell):
            return ""
        number = plain_text(cell).translate(_AROUND).upper()
        if _SPOILT.fullmatch(number):
            raise CellError("identity_number_cell")
        return number
    if cell is None:
        return ""
    return _identity_of_number(cell)


def _identity_of_number(cell: Cell) -> str:
    if isinstance(cell, bool) or not isinstance(cell, int | float):
        raise CellError("identity_not_text")
    if not 0 <= cell < WHOLE_DIGITS:  # also what is not a number
        raise CellError("identity_number_cell")
    if cell != int(cell):
        raise CellError("identity_not_text")
    return str(int(cell))


def parse_phone(cell: Cell) -> str:
    """The telephone number in its stored form, "" for a blank cell or a word for none.

    A mainland mobile is its 11 digits; spaces, dashes, +86 and number cells are fine. Raises
    `CellError` for what nobody can dial; the forms are those of `core.identity.phones`.
    """
    if isinstance(cell, str) and _MOBILE.fullmatch(cell):
        return cell
    if is_none_word(cell):
        return ""
    if isinstance(cell, bool) or not isinstance(cell, str | int | float):
        raise CellError("phone_number_cell")
    text = plain_text(text_of(cell)).strip("'‘’\"“”")
    if _SPOILT.fullmatch(text) or not text:
        raise CellError("phone_number_cell")
    try:
        return normalize_phone(text)
    except InvalidPhone as error:
        raise CellError("said", message=error.message) from error


def parse_identity_or_phone(cell: Cell) -> str:
    """For columns that hold either: a mobile's 11 digits, or the text of an identity number."""
    if isinstance(cell, str) and _IDENTITY.fullmatch(cell):
        return cell
    digits = _PHONE_NOISE.sub("", plain_text(text_of(cell)).translate(_AROUND))
    if mobile := _MOBILE_ABROAD.fullmatch(digits):
        return mobile[1]
    return parse_identity(cell)


@lru_cache(maxsize=1 << 15, typed=True)
def parse_name(cell: Cell) -> str:
    """A name in its stored form, "" for a blank cell: 刘 霞 明 gives 刘霞明."""
    return normalize_name(text_of(cell))
