"""Why a roster's row is refused, each with what to do about it."""

from __future__ import annotations

from typing import ClassVar

from core.workbooks.errors import CellError, gettext_noop
from core.workbooks.results import ALREADY_RECORDED

__all__ = ["RosterFault"]


class RosterFault(CellError):
    """A row that cannot be registered; `CellError`'s codes or one of these."""

    sentences: ClassVar[dict[str, str]] = {
        **CellError.sentences,
        "name_missing": gettext_noop("The name is missing. Enter it as the document shows it."),
        "name_too_long": gettext_noop(
            "The name is longer than {limit} characters. Enter it as the document shows it."
        ),
        "gender_unknown": gettext_noop(
            "“{value}” is not a gender. Write male or female as the document shows it, or leave "
            "the cell blank."
        ),
        "document_says_female": gettext_noop(
            "The row says male, the identity number belongs to a woman. Compare both with the "
            "document and correct what is wrong."
        ),
        "document_says_male": gettext_noop(
            "The row says female, the identity number belongs to a man. Compare both with the "
            "document and correct what is wrong."
        ),
        "phone_missing": gettext_noop(
            "The telephone number is missing. Enter a number to reach the volunteer at."
        ),
        "township_missing": gettext_noop(
            "The township is missing. Enter one below {committee}, such as {example}."
        ),
        "township_unknown": gettext_noop(
            "There is no “{value}” below {committee}. Enter the township's full name, such as "
            "{example}."
        ),
        "township_ambiguous": gettext_noop(
            "“{value}” can be {first} or {second}. Enter the full name, with the county's before "
            "it if need be."
        ),
        "guardian_phone_missing": gettext_noop(
            "The volunteer is under 18. Enter the telephone number of a guardian who has consented."
        ),
        "registered_in_future": gettext_noop(
            "The registration date {date} is in the future. Correct it, or leave the cell blank "
            "for today."
        ),
        "registered_before_birth": gettext_noop(
            "The registration date {date} is not after the birth date. Correct it, or leave the "
            "cell blank for today."
        ),
        "text_too_long": gettext_noop("The text is longer than {limit} characters. Shorten it."),
        "repeated": gettext_noop(
            "The same identity number stands in row {row} of this file. Keep one of the rows and "
            "delete the other."
        ),
        "registered": gettext_noop(
            "This identity number is registered already: {name}, portal number {number}, "
            "{committee}. Delete the row, or correct that entry in the registry."
        ),
        "registered_elsewhere": gettext_noop(
            "This identity number is registered already, with a committee outside yours. Delete "
            "the row: hours can be entered with identity number and name as they are. To have it "
            "settled, open “Registered elsewhere” under Volunteers."
        ),
        ALREADY_RECORDED: gettext_noop(
            "Already registered: {name}, portal number {number}, {committee}, since {date}. "
            "Nothing was added; delete the row."
        ),
    }
