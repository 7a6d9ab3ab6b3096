"""Keys for programs."""

from __future__ import annotations

from secrets import token_urlsafe

from organizations.accounts.models import ApiToken, Membership
from organizations.accounts.scopes import token_digest

__all__ = ["issue_api_token"]


def issue_api_token(membership: Membership) -> str:
    """A new key that acts under ``membership``; shown once, only its digest is kept.

    Runs as the login role, outside of any scope.
    """
    token = token_urlsafe(32)
    ApiToken.objects.create(
        membership=membership,
        digest=token_digest(token),
        epoch=membership.user.session_epoch,
    )
    return token
