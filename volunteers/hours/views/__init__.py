"""The desk's pages: the queue of sheets, the records, and what volunteers say is not right."""

from volunteers.hours.views.batches import (
    confirm_selected,
    submit_selected,
    void_selected,
    withdraw_last_confirmation,
)
from volunteers.hours.views.corrections import decline_request, list_corrections
from volunteers.hours.views.lists import list_records
from volunteers.hours.views.records import (
    correct_record,
    create_record,
    edit_record,
    show_record,
)
from volunteers.hours.views.sheets import (
    confirm_sheet,
    list_sheets,
    send_back,
    show_sheet,
    submit_sheet,
    take_back,
)

__all__ = [
    "confirm_selected",
    "confirm_sheet",
    "correct_record",
    "create_record",
    "decline_request",
    "edit_record",
    "list_corrections",
    "list_records",
    "list_sheets",
    "send_back",
    "show_record",
    "show_sheet",
    "submit_selected",
    "submit_sheet",
    "take_back",
    "void_selected",
    "withdraw_last_confirmation",
]
