"""Typed readers for settings from the environment; a secret may come from a file.

``NAME_FILE`` names a file that holds the value of ``NAME`` (Docker and systemd secrets).
"""

import os
from pathlib import Path

from django.core.exceptions import ImproperlyConfigured
from psycopg.conninfo import conninfo_to_dict

__all__ = ["database", "flag", "listing", "number", "required", "text"]


def text(name: str, default: str = "") -> str:
    """The variable's value, or what stands in the file that ``{name}_FILE`` names."""
    file_name = os.environ.get(f"{name}_FILE")
    if file_name:
        return Path(file_name).read_text(encoding="utf-8").strip()
    return os.environ.get(name, default)


def required(name: str) -> str:
    """Like `text`, but an empty value stops the start with a sentence that says what is missing."""
    value = text(name)
    if not value:
        message = f"{name} (or {name}_FILE) is not set; see docs/deploy.md."
        raise ImproperlyConfigured(message)
    return value


def number(name: str, default: int) -> int:
    """A whole number."""
    value = text(name)
    return int(value) if value else default


def flag(name: str, *, default: bool = False) -> bool:
    """Yes or no: 1, true, yes, on against 0, false, no, off."""
    value = text(name).lower()
    if value in {"", "1", "true", "yes", "on", "0", "false", "no", "off"}:
        return value in {"1", "true", "yes", "on"} if value else default
    message = f"{name} must be yes or no, not {value!r}."
    raise ImproperlyConfigured(message)


def listing(name: str, default: str = "") -> list[str]:
    """Values separated by commas."""
    return [item.strip() for item in text(name, default).split(",") if item.strip()]


def database(url: str, *, password: str = "") -> dict[str, object]:
    """Django's connection settings for a libpq address (``postgresql://…``).

    One connection for each blocking thread is kept open; there is no pool and no server-side
    binding, because prepared plans would be reused across scopes.
    """
    parts = conninfo_to_dict(url)
    return {
        "ENGINE": "core.postgresql",
        "NAME": parts.pop("dbname", ""),
        "USER": parts.pop("user", ""),
        "PASSWORD": parts.pop("password", "") or password,
        "HOST": parts.pop("host", ""),
        "PORT": parts.pop("port", ""),
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": "portal", "connect_timeout": 5, **parts},
        "TEST": {"TEMPLATE": "template0"},
    }
