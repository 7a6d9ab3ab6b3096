"""Pages of own data: the person's, those that change the entry, and the committee's."""

from volunteers.privacy.views.changes import (
    change_consent,
    change_erasure,
    change_phone,
    say_number,
)
from volunteers.privacy.views.own import (
    ask_copy,
    ask_correction,
    fetch_copy,
    list_looks,
    show_value,
)
from volunteers.privacy.views.staff import answer, list_requests, list_texts, publish

__all__ = [
    "answer",
    "ask_copy",
    "ask_correction",
    "change_consent",
    "change_erasure",
    "change_phone",
    "fetch_copy",
    "list_looks",
    "list_requests",
    "list_texts",
    "publish",
    "say_number",
    "show_value",
]
