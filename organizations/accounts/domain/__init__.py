"""Writes of accounts, memberships, invitations and tokens."""

from organizations.accounts.domain.members import create_member
from organizations.accounts.domain.tokens import issue_api_token

__all__ = ["create_member", "issue_api_token"]
