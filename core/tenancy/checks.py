"""Boot checks: a login role that could look past the policies stops the start."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections

__all__ = ["check_login_role"]

_POWERS = """
    SELECT rolsuper, rolbypassrls, rolinherit, rolcreaterole,
           EXISTS (SELECT FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
                   WHERE n.nspname = current_schema() AND c.relkind = 'r'
                     AND c.relowner = r.oid)
    FROM pg_roles r WHERE rolname = session_user
"""
_MESSAGES = (
    "is a superuser",
    "bypasses row-level security",
    "inherits the rights of the actor roles",
    "may create roles",
    "owns tables",
)


@register(Tags.database)
def check_login_role(databases: Sequence[str] | None = None, **_kwargs: Any) -> list[CheckMessage]:
    """The role that the web and the workers log in with must be bound by the policies."""
    if not databases or "default" not in databases:
        return []
    with connections["default"].cursor() as cursor:
        cursor.execute(_POWERS)
        powers = cursor.fetchone()
    return [
        Error(
            f"The login role of the default database {message}.",
            hint="Run manage.py create_roles and log in as portal_login; see docs/deploy.md.",
            id=f"tenancy.E00{number}",
        )
        for number, (power, message) in enumerate(zip(powers, _MESSAGES, strict=True), start=1)
        if power
    ]
