"""Gathers the topics' tables for Django."""

from organizations.accounts.models import ApiToken, Invitation, Membership, User
from organizations.cashiers.models import Cashier
from organizations.committees.models import Committee
from organizations.family.models import FamilyTie
from organizations.leaders.models import Leadership
from organizations.ledger.models import Organization
from organizations.rules.models import RuleValue

__all__ = [
    "ApiToken",
    "Cashier",
    "Committee",
    "FamilyTie",
    "Invitation",
    "Leadership",
    "Membership",
    "Organization",
    "RuleValue",
    "User",
]
