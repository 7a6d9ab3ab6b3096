"""Why a row of a draft is not right, in the words of an hour sheet's import where they fit."""

from __future__ import annotations

from typing import ClassVar

from core.confined.errors import gettext_noop
from volunteers.hours.imports.faults import HoursFault

__all__ = ["DeskFault"]


class DeskFault(HoursFault):
    """`HoursFault`'s codes; those that speak of a file speak of rows here, and people are chosen.

    ``row`` counts the rows of the draft from 1, from top to bottom.
    """

    sentences: ClassVar[dict[str, str]] = {
        **HoursFault.sentences,
        "person_missing": gettext_noop(
            "Who served is missing. Type the name, its pinyin, or the last digits of the telephone "
            "or identity number."
        ),
        "unknown_name": gettext_noop(
            "Nobody here is registered under “{name}”. Check the name, or register the person; "
            "volunteers of other committees are found by name and identity number together."
        ),
        "unknown_number": gettext_noop(
            "Nobody here has this number. Check it; volunteers of other committees are found by "
            "name and identity number together."
        ),
        "choose_name": gettext_noop(
            "{count} people here are called “{name}”. Choose the one who served."
        ),
        "choose_likely": gettext_noop("Choose the one who is meant."),
        "choose_contradiction": gettext_noop(
            "Name and number belong to different people. Choose the one who served."
        ),
        "choose_phone": gettext_noop(
            "Telephone numbers are shared in families. Choose the one who served."
        ),
        "repeated": gettext_noop("Row {row} says the same. Delete one of the two."),
        "overlaps_row": gettext_noop(
            "The time overlaps with row {row}: “{activity}” {start}–{end}. Nobody serves at two "
            "places at once: correct one of the rows."
        ),
        "mended_elsewhere": gettext_noop(
            "This record has been changed or handed in elsewhere since the sheet was taken up "
            "here. Delete the row; the record stays as it is now."
        ),
        "not_taken": gettext_noop(
            "Somebody else has just recorded service of this volunteer at this time. Correct the "
            "times, or delete the row."
        ),
    }
