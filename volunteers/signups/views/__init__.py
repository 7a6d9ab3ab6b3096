"""Pages of sign-ups: the volunteer's, and the organiser's list."""

from volunteers.signups.views.organisers import remove, show_shift
from volunteers.signups.views.own import answer, ask, list_calls, show_call, withdraw_own

__all__ = [
    "answer",
    "ask",
    "list_calls",
    "remove",
    "show_call",
    "show_shift",
    "withdraw_own",
]
