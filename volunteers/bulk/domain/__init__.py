"""Changing many volunteers at once: look first, let a job do it, take it back."""

from volunteers.bulk.domain.applying import apply_bulk
from volunteers.bulk.domain.choosing import MOST_PEOPLE, Choice, people_chosen
from volunteers.bulk.domain.judging import Wanted, wanted_given
from volunteers.bulk.domain.ordering import BULK_JOB, UNDO_JOB, order_bulk, order_undo
from volunteers.bulk.domain.previewing import Preview, preview_bulk
from volunteers.bulk.domain.undoing import undo_bulk
from volunteers.bulk.domain.wording import LeftOut, before_and_after, left_out

__all__ = [
    "BULK_JOB",
    "MOST_PEOPLE",
    "UNDO_JOB",
    "Choice",
    "LeftOut",
    "Preview",
    "Wanted",
    "apply_bulk",
    "before_and_after",
    "left_out",
    "order_bulk",
    "order_undo",
    "people_chosen",
    "preview_bulk",
    "undo_bulk",
    "wanted_given",
]
