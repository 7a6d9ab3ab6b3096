"""Addresses of a list that is narrowed: the same page with other parameters."""

from __future__ import annotations

from django.http import HttpRequest

from core.web.keyset import BEFORE

__all__ = ["address_with"]


def address_with(request: HttpRequest, **changes: str) -> str:
    """The present address with some parameters changed; an empty value takes one away.

    Another choice begins at the newest row again.
    """
    parameters = request.GET.copy()
    parameters.pop(BEFORE, None)
    for name, value in changes.items():
        parameters.pop(name, None)
        if value:
            parameters[name] = value
    query = parameters.urlencode()
    return f"{request.path}?{query}" if query else request.path
