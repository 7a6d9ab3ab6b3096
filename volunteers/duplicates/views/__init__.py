"""Pages of what is registered twice."""

from volunteers.duplicates.views.clashes import (
    answer,
    answer_own,
    ask,
    list_clashes,
    show_own,
    take_back,
)
from volunteers.duplicates.views.merging import choose, compare, list_merges, undo
from volunteers.duplicates.views.pairs import dismiss, list_pairs

__all__ = [
    "answer",
    "answer_own",
    "ask",
    "choose",
    "compare",
    "dismiss",
    "list_clashes",
    "list_merges",
    "list_pairs",
    "show_own",
    "take_back",
    "undo",
]
