"""Pages of the ledger."""

from organizations.ledger.views.changes import (
    amend,
    close,
    end_standard,
    register,
    standardise,
)
from organizations.ledger.views.lists import list_organizations, show_organization

__all__ = [
    "amend",
    "close",
    "end_standard",
    "list_organizations",
    "register",
    "show_organization",
    "standardise",
]
