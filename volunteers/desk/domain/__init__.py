"""The verbs of drafts: begin, repeat, reopen a sheet, save rows, paste, submit, set aside, keep."""

from volunteers.desk.domain.drafts import (
    begin_draft,
    discard_draft,
    rename_template,
    restore_draft,
)
from volunteers.desk.domain.evidence import holder_of_draft
from volunteers.desk.domain.mending import reopen_sheet
from volunteers.desk.domain.pasting import Pasting, paste_rows
from volunteers.desk.domain.repeating import begin_from_template, keep_template, repeat_sheet
from volunteers.desk.domain.rows import (
    SHARED,
    Common,
    Saved,
    TypedRow,
    recheck_draft,
    save_rows,
)
from volunteers.desk.domain.submitting import Submission, submit_rows

__all__ = [
    "SHARED",
    "Common",
    "Pasting",
    "Saved",
    "Submission",
    "TypedRow",
    "begin_draft",
    "begin_from_template",
    "discard_draft",
    "holder_of_draft",
    "keep_template",
    "paste_rows",
    "recheck_draft",
    "rename_template",
    "reopen_sheet",
    "repeat_sheet",
    "restore_draft",
    "save_rows",
    "submit_rows",
]
