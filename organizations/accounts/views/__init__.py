"""Pages of members, of invitations, and of joining and switching."""

from organizations.accounts.views.changes import (
    deactivate,
    grant,
    invite,
    offer_password,
    reactivate,
    revoke,
    withdraw,
)
from organizations.accounts.views.identity import choose_password, join, switch_membership
from organizations.accounts.views.lists import list_members, show_member

__all__ = [
    "choose_password",
    "deactivate",
    "grant",
    "invite",
    "join",
    "list_members",
    "offer_password",
    "reactivate",
    "revoke",
    "show_member",
    "switch_membership",
    "withdraw",
]
