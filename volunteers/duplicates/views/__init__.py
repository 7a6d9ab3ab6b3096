"""Pages of what is registered twice."""

from volunteers.duplicates.views.clashes import (
    answer,
    answer_own,
    ask,
    list_clashes,
    show_own,
    take_back,
)

__all__ = ["answer", "answer_own", "ask", "list_clashes", "show_own", "take_back"]
