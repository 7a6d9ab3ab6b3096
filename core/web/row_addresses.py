"""Addresses of a list's rows: the pattern is resolved once, each row fills in its key."""

from __future__ import annotations

from functools import cache
from urllib.parse import quote

from django.urls import get_script_prefix, get_urlconf, reverse

__all__ = ["address_of"]

# Fits every converter in use, and occurs in no pattern.
_ANY_KEY = "1234567890"


def address_of(name: str, key: int | str) -> str:
    """What ``reverse(name, args=[key])`` answers, at a tenth of its cost.

    Does not ask whether the key fits the pattern's converter: for keys of stored rows. Raises
    `NoReverseMatch` for an unknown name.
    """
    before, after = _around_the_key(name, get_urlconf(), get_script_prefix())
    return f"{before}{quote(str(key))}{after}"


@cache
def _around_the_key(name: str, urlconf: str | None, _prefix: str) -> tuple[str, str]:
    before, _key, after = reverse(name, urlconf, args=[_ANY_KEY]).rpartition(_ANY_KEY)
    return before, after
