"""Identity numbers of 18 characters (GB 11643-1999): 6 area, 8 birth date, 3 sequence, 1 check.

Residents of Hong Kong, Macao and Taiwan hold permits whose numbers start with 81, 82 or 83 and
keep the same rule. Area codes are never judged: divisions are abolished and people keep their
numbers. Nothing is ever guessed or completed.
"""

from __future__ import annotations

import re
from datetime import date
from functools import lru_cache
from operator import mul
from typing import Final, NamedTuple

from django.db.models import TextChoices
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import pgettext_lazy

from core.identity.text import plain_text

__all__ = [
    "Gender",
    "IdentityNumber",
    "InvalidIdentityNumber",
    "check_character",
    "identity_number_from_cell",
    "parse_identity_number",
]

LENGTH: Final = 18
EARLIEST_BIRTH_YEAR: Final = 1900
PERMIT_PREFIXES: Final = ("81", "82", "83")

_WEIGHTS: Final = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
# By the weighted sum of the ASCII codes: every code is 48 above its digit.
_SHIFT: Final = 48 * sum(_WEIGHTS) % 11
_CHECK: Final = ["10X98765432"[(remainder - _SHIFT) % 11] for remainder in range(11)]
_FORM: Final = re.compile(r"[0-9]{17}[0-9X]\Z")
_SEPARATORS: Final = str.maketrans("", "", " -")
_FLOAT: Final = re.compile(r"\d+(\.\d+)?E\+?\d+|\d+\.\d+")


class Gender(TextChoices):
    """Sex as a document states it."""

    FEMALE = "female", pgettext_lazy("gender", "Female")
    MALE = "male", pgettext_lazy("gender", "Male")


# Odd sequence numbers are men's.
_GENDERS: Final = {digit: (Gender.FEMALE, Gender.MALE)[int(digit) % 2] for digit in "0123456789"}


class IdentityNumber(NamedTuple):
    """A number that passed every check, and what it says."""

    number: str
    area: str
    birth_date: date
    gender: Gender

    @property
    def is_permit(self) -> bool:
        """Whether it is the permit of a resident from Hong Kong, Macao or Taiwan."""
        return self.number.startswith(PERMIT_PREFIXES)


class InvalidIdentityNumber(ValueError):
    """A number that cannot be right.

    ``code``: missing, spoilt, characters, length, birth_date or check_digit. ``message`` is a
    sentence for the person who entered it; neither repeats the number, so both may be logged.
    """

    def __init__(self, code: str, message: str) -> None:
        super().__init__(message)
        self.code = code
        self.message = message


def parse_identity_number(text: str, *, today: date | None = None) -> IdentityNumber:
    """The identity number in ``text``; spaces, dashes, full-width forms and small x are fine.

    ``today`` (default: the local date) bounds the birth date; give it when reading many.
    Raises `InvalidIdentityNumber`.
    """
    number = text if _FORM.match(text) else _cleaned(text)
    birth_date = _date(number[6:14])
    if birth_date is None or birth_date > (today or timezone.localdate()):
        raise _birth_date_fault(number[6:14])
    if check_character(number) != number[-1]:
        raise InvalidIdentityNumber(
            "check_digit",
            _(
                "The identity number's check digit is wrong: at least one digit was mistyped. "
                "Compare it with the document and correct it."
            ),
        )
    return IdentityNumber(number, number[:6], birth_date, _GENDERS[number[16]])


def identity_number_from_cell(
    value: str | float | None, *, today: date | None = None
) -> IdentityNumber:
    """Like `parse_identity_number`, for the cell of a spreadsheet.

    A number cell keeps 15 digits, so an identity number stored as one has lost its last digits,
    even where the check digit happens to fit: always refused.
    """
    if isinstance(value, int | float):
        raise _spoilt()
    return parse_identity_number(value or "", today=today)


def check_character(number: str) -> str:
    """The check character for the first 17 digits of ``number`` (ISO 7064 MOD 11-2)."""
    total: int = sum(map(mul, _WEIGHTS, number.encode("ascii")))
    return _CHECK[total % 11]


def _cleaned(text: str) -> str:
    """The number in ``text`` without what surrounds it; raises when it has not the form."""
    number = plain_text(text).translate(_SEPARATORS).upper()
    if not _FORM.match(number):
        raise _shape_fault(number)
    return number


@lru_cache(maxsize=50_000)
def _date(digits: str) -> date | None:
    """The date in YYYYMMDD, or nothing when there is no such day or it is before 1900."""
    try:
        found = date(int(digits[:4]), int(digits[4:6]), int(digits[6:]))
    except ValueError:
        return None
    return found if found.year >= EARLIEST_BIRTH_YEAR else None


def _shape_fault(number: str) -> InvalidIdentityNumber:
    """Why ``number`` has not the form of an identity number."""
    if not number:
        return InvalidIdentityNumber(
            "missing", _("The identity number is missing. Enter it as the document shows it.")
        )
    if _FLOAT.fullmatch(number):
        return _spoilt()
    strange = _strange_characters(number)
    if strange:
        return InvalidIdentityNumber(
            "characters",
            _(
                "The identity number contains “{characters}”. It has 18 digits, of which only the "
                "last may be an X. Enter it as the document shows it."
            ).format(characters=strange),
        )
    return _length_fault(len(number))


def _strange_characters(number: str) -> str:
    """What does not belong into ``number``, each once, at most five."""
    body, last = number[:-1], number[-1]
    strange = [c for c in body if not (c.isascii() and c.isdecimal())]
    if last not in "0123456789X":
        strange.append(last)
    return "".join(dict.fromkeys(strange))[:5]


def _length_fault(length: int) -> InvalidIdentityNumber:
    if length == 15:
        message = _(
            "The identity number has 15 digits: the old form is no longer valid. Enter the 18 "
            "characters of the present document."
        )
    elif length < LENGTH:
        message = _(
            "The identity number is too short by {missing} (it has {length} characters). Complete "
            "it from the document."
        )
    else:
        message = _(
            "The identity number is too long by {surplus} (it has {length} characters). Compare it "
            "with the document and correct it."
        )
    return InvalidIdentityNumber(
        "length",
        message.format(missing=LENGTH - length, surplus=length - LENGTH, length=length),
    )


def _birth_date_fault(digits: str) -> InvalidIdentityNumber:
    found = _date(digits)
    written = f"{digits[:4]}-{digits[4:6]}-{digits[6:]}"
    if found is not None:
        message = _(
            "The identity number's birth date {date} lies in the future. Compare it with the "
            "document and correct it."
        )
    elif int(digits[:4]) < EARLIEST_BIRTH_YEAR:
        message = _(
            "The identity number's birth date {date} is before 1900. Compare it with the document "
            "and correct it."
        )
    else:
        message = _(
            "The identity number's birth date {date} does not exist. Compare it with the document "
            "and correct it."
        )
    return InvalidIdentityNumber("birth_date", message.format(date=written))


def _spoilt() -> InvalidIdentityNumber:
    return InvalidIdentityNumber(
        "spoilt",
        _(
            "The spreadsheet turned the identity number into a number and lost its last digits. "
            "Format the column as text and enter the number again from the document."
        ),
    )
