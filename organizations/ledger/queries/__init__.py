"""Reads of organisations and of how the counties are covered."""

from organizations.ledger.queries.coverage import Coverage, coverage
from organizations.ledger.queries.organizations import OrganizationQuerySet

__all__ = ["Coverage", "OrganizationQuerySet", "coverage"]
