"""How the API's description names the ways to authenticate."""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import OpenApiAuthenticationExtension

__all__ = ["SessionScheme", "TokenScheme"]


class TokenScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """``Authorization: Token …``."""

    target_class = "organizations.accounts.authentication.TokenAuthentication"
    name = "token"

    def get_security_definition(self, _schema: Any) -> dict[str, str]:
        """The header."""
        return {
            "type": "apiKey",
            "in": "header",
            "name": "Authorization",
            "description": "`Token` and a key made by `manage.py create_api_token`.",
        }


class SessionScheme(OpenApiAuthenticationExtension):  # type: ignore[no-untyped-call]
    """The browser's session."""

    target_class = "organizations.accounts.authentication.ScopedSessionAuthentication"
    name = "session"

    def get_security_definition(self, _schema: Any) -> dict[str, str]:
        """The cookie."""
        return {"type": "apiKey", "in": "cookie", "name": "sessionid"}
