"""Writes of organisations."""

from organizations.ledger.domain.organizations import (
    amend_organization,
    close_organization,
    register_organization,
    standardise_organization,
    withdraw_standard,
)
from organizations.ledger.domain.tables import LedgerEntry, LedgerTaken, take_ledger

__all__ = [
    "LedgerEntry",
    "LedgerTaken",
    "amend_organization",
    "close_organization",
    "register_organization",
    "standardise_organization",
    "take_ledger",
    "withdraw_standard",
]
