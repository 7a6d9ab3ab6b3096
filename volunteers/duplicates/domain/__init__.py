"""The verbs about what is registered twice."""

from volunteers.duplicates.domain.clashes import answer_clash, ask_about_number, take_back_clash
from volunteers.duplicates.domain.finding import dismiss_pair, find_duplicates
from volunteers.duplicates.domain.merging import merge_volunteers, undo_merge

__all__ = [
    "answer_clash",
    "ask_about_number",
    "dismiss_pair",
    "find_duplicates",
    "merge_volunteers",
    "take_back_clash",
    "undo_merge",
]
