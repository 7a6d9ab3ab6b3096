"""Pages of the alliance: merchants with all that is theirs, and the review of offers."""

from incentives.alliance.views.counters import (
    end_cashier,
    invite,
    issue_till,
    reverse_redemption,
    revoke_till,
)
from incentives.alliance.views.merchants import (
    close_branch,
    create_branch,
    create_merchant,
    edit_merchant,
    list_merchants,
    resume,
    show_merchant,
    suspend,
)
from incentives.alliance.views.offers import (
    create_offer,
    edit_offer,
    list_offers,
    publish_offer,
    return_offer,
    show_offer,
    submit_offer,
    withdraw_offer,
)

__all__ = [
    "close_branch",
    "create_branch",
    "create_merchant",
    "create_offer",
    "edit_merchant",
    "edit_offer",
    "end_cashier",
    "invite",
    "issue_till",
    "list_merchants",
    "list_offers",
    "publish_offer",
    "resume",
    "return_offer",
    "reverse_redemption",
    "revoke_till",
    "show_merchant",
    "show_offer",
    "submit_offer",
    "suspend",
    "withdraw_offer",
]
