"""Why a row of an hour sheet is refused, each with what to do about it."""

from __future__ import annotations

from typing import ClassVar

from core.workbooks.errors import CellError, gettext_noop
from core.workbooks.results import ALREADY_RECORDED

__all__ = ["HoursFault"]


class HoursFault(CellError):
    """A row that cannot be recorded; `CellError`'s codes or one of these."""

    sentences: ClassVar[dict[str, str]] = {
        **CellError.sentences,
        "number_missing": gettext_noop(
            "The identity number or telephone number is missing. Enter the one that the volunteer "
            "is registered with."
        ),
        "unknown_volunteer": gettext_noop(
            "Nobody is registered with this number. Check the number, or register the volunteer "
            "and import the row again."
        ),
        "unknown_phone": gettext_noop(
            "Nobody here is registered with this telephone number. Check it, or enter the "
            "identity number: volunteers of other committees are found by identity number and "
            "name only."
        ),
        "several_volunteers": gettext_noop(
            "Several volunteers of this name share the telephone number. Enter the identity "
            "number instead."
        ),
        "withdrawn": gettext_noop(
            "This person has withdrawn from volunteering. Ask the person before entering hours."
        ),
        "other_name": gettext_noop(
            "The name differs from the one registered with this number. Compare both and enter "
            "the registered name."
        ),
        "activity_missing": gettext_noop("The activity's name is missing. Enter it."),
        "text_too_long": gettext_noop("The text is longer than {limit} characters. Shorten it."),
        "date_missing": gettext_noop("The date is missing. Write it as 2026-05-03."),
        "date_in_future": gettext_noop(
            "The date {date} is in the future. Hours can be entered only once they have been "
            "served: correct the date."
        ),
        "start_missing": gettext_noop(
            "The start is missing. Write both start and end, or leave both blank and write the "
            "hours."
        ),
        "end_missing": gettext_noop(
            "The end is missing. Write both start and end, or leave both blank and write the hours."
        ),
        "ends_before_start": gettext_noop(
            "The end {end} is not after the start {start}. Correct the times; what goes past "
            "midnight is written as two rows."
        ),
        "hours_missing": gettext_noop(
            "The hours are missing. Write them as 2.5, or write start and end."
        ),
        "hours_none": gettext_noop(
            "No hours were served by this row. Write the hours, or delete the row."
        ),
        "more_than_stretch": gettext_noop(
            "{hours} hours are more than there are from {start} to {end} ({most}). Correct the "
            "hours or the times."
        ),
        "more_than_a_day": gettext_noop("{hours} hours are more than a day has. Correct them."),
        "day_is_full": gettext_noop("With this row {day} would have more than 24 hours."),
        "repeated": gettext_noop("Row {row} of this file says the same. Delete one of the two."),
        "overlaps_row": gettext_noop(
            "The time overlaps with row {row} of this file: “{activity}” {start}–{end}. Nobody "
            "serves at two places at once: correct one of the rows."
        ),
        "overlaps_record": gettext_noop(
            "At this time there is already a record of “{activity}” {start}–{end}. Correct the "
            "times, or have that record corrected."
        ),
        "overlaps_elsewhere": gettext_noop(
            "Another committee has recorded service of this volunteer at this time. Correct the "
            "times, or ask the volunteer which of the two is right."
        ),
        ALREADY_RECORDED: gettext_noop(
            "Already recorded on {date}, in “{sheet}”. Nothing was added; delete the row."
        ),
    }
