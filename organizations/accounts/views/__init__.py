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
from organizations.accounts.views.identity import (
    choose_password,
    join,
    no_such_page,
    say_whom_to_ask,
    switch_membership,
)
from organizations.accounts.views.lists import list_members, show_member

__all__ = [
    "choose_password",
    "deactivate",
    "grant",
    "invite",
    "join",
    "list_members",
    "no_such_page",
    "offer_password",
    "reactivate",
    "revoke",
    "say_whom_to_ask",
    "show_member",
    "switch_membership",
    "withdraw",
]
