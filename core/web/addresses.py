"""Addresses of a list that is narrowed: the same page with other parameters."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import HttpRequest

from core.web.keyset import BEFORE

__all__ = ["address_with"]


def address_with(request: HttpRequest, **changes: str) -> str:
    """The present address with some parameters changed; an empty value takes one away.

    Another choice begins at the newest row again.
    """
    left_out = {BEFORE, *changes}
    kept = {name: values for name, values in request.GET.lists() if name not in left_out}
    chosen = {name: value for name, value in changes.items() if value}
    query = urlencode(kept | chosen, doseq=True)
    return f"{request.path}?{query}" if query else request.path
