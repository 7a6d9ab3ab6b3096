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

__all__ = [
    "answer",
    "answer_own",
    "ask",
    "choose",
    "compare",
    "list_clashes",
    "list_merges",
    "show_own",
    "take_back",
    "undo",
]
