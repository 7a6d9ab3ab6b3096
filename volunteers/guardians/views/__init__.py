"""Pages of guardians: links sent by others, consent without an account, families."""

from volunteers.guardians.views.consent import consent
from volunteers.guardians.views.families import add_child, end, open_account, show_family
from volunteers.guardians.views.links import send_link, send_own_link

__all__ = [
    "add_child",
    "consent",
    "end",
    "open_account",
    "send_link",
    "send_own_link",
    "show_family",
]
