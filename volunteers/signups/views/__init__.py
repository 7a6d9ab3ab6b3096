"""Pages of sign-ups: the volunteer's, and the organiser's list."""

from volunteers.signups.views.organisers import add, remove, replace, show_shift
from volunteers.signups.views.own import (
    answer,
    ask,
    ask_together,
    list_calls,
    show_call,
    withdraw_own,
)
from volunteers.signups.views.phones import phone

__all__ = [
    "add",
    "answer",
    "ask",
    "ask_together",
    "list_calls",
    "phone",
    "remove",
    "replace",
    "show_call",
    "show_shift",
    "withdraw_own",
]
