"""The verbs of activities, and what a call says."""

from volunteers.activities.domain.calls import Call
from volunteers.activities.domain.verbs import (
    LONGEST_SERIES,
    add_series,
    add_shift,
    approve_activity,
    cancel_activity,
    copy_activity,
    create_activity,
    edit_activity,
    lock_activity,
    must_be,
    must_be_a_shift,
    must_be_to_come,
    remove_shift,
    return_activity,
    submit_activity,
)

__all__ = [
    "LONGEST_SERIES",
    "Call",
    "add_series",
    "add_shift",
    "approve_activity",
    "cancel_activity",
    "copy_activity",
    "create_activity",
    "edit_activity",
    "lock_activity",
    "must_be",
    "must_be_a_shift",
    "must_be_to_come",
    "remove_shift",
    "return_activity",
    "submit_activity",
]
