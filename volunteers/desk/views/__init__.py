"""The desk's pages, and what their script asks for."""

from volunteers.desk.views.grids import (
    find_people_for_row,
    paste_into_draft,
    save_draft_rows,
    show_changes,
    show_draft,
    submit_draft,
)
from volunteers.desk.views.lists import (
    create_draft,
    discard,
    keep_as_template,
    list_drafts,
    rename,
    reopen,
    restore,
)

__all__ = [
    "create_draft",
    "discard",
    "find_people_for_row",
    "keep_as_template",
    "list_drafts",
    "paste_into_draft",
    "rename",
    "reopen",
    "restore",
    "save_draft_rows",
    "show_changes",
    "show_draft",
    "submit_draft",
]
