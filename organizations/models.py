"""Gathers the topics' tables for Django."""

from organizations.accounts.models import ApiToken, Invitation, Membership, User
from organizations.committees.models import Committee
from organizations.ledger.models import Organization

__all__ = ["ApiToken", "Committee", "Invitation", "Membership", "Organization", "User"]
