"""Addresses of a list that is narrowed: the same page with other parameters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest
from django.utils.translation import gettext as _

from core.web.keyset import AFTER, BEFORE

__all__ = ["address_with", "options_of"]


def address_with(request: HttpRequest, **changes: str) -> str:
    """The present address with some parameters changed; an empty value takes one away.

    Another choice begins at the first row again.
    """
    left_out = {BEFORE, AFTER, *changes}
    kept = {name: values for name, values in request.GET.lists() if name not in left_out}
    chosen = {name: value for name, value in changes.items() if value}
    query = urlencode(kept | chosen, doseq=True)
    return f"{request.path}?{query}" if query else request.path


def options_of(
    request: HttpRequest,
    name: str,
    choices: Iterable[tuple[str, Any]],
    *,
    chosen: str,
    counts: Mapping[str, int] | None = None,
) -> list[dict[str, Any]]:
    """What the parameter ``name`` may be, “all” first, for `components/filters.html`.

    ``choices`` are values with their labels; ``counts`` says how many each would show.
    """
    return [
        {
            "label": label,
            "url": address_with(request, **{name: str(value)}),
            "count": counts.get(str(value), 0) if counts is not None and value else None,
            "active": str(value) == chosen,
        }
        for value, label in [("", _("all")), *choices]
    ]
