"""How the API knows who asks: the scope was opened before, DRF only repeats it."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _
from rest_framework.authentication import BaseAuthentication, SessionAuthentication
from rest_framework.request import Request

from organizations.accounts.models import User

__all__ = ["ScopedSessionAuthentication", "TokenAuthentication"]


class TokenAuthentication(BaseAuthentication):
    """``Authorization: Token …``; the middleware looked the token up before it opened the scope."""

    def authenticate(self, request: Request) -> tuple[User, None] | None:
        """The token's account, or None where no token was sent."""
        user = getattr(request._request, "token_user", None)
        return (user, None) if user else None

    def authenticate_header(self, request: Request) -> str:
        """Makes a refusal 401 rather than 403."""
        return "Token"


class ScopedSessionAuthentication(SessionAuthentication):
    """The browser's session, with the CSRF check."""

    www_authenticate_realm = _("volunteer portal")
