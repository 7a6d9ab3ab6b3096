"""How often one address may ask for what needs no login."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from axes.helpers import get_client_ip_address
from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

__all__ = ["paced"]

_MINUTE = 60

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def paced(view: View[P]) -> View[P]:
    """Answers 429 past ``PUBLIC_RATE_PER_MINUTE`` requests from one address within a minute.

    Many telephones of one network share an address, so the bound is wide: it stops who hammers,
    not who looks around. All views with it count together.
    """

    @wraps(view)
    def counted(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        if _asked(request) > settings.PUBLIC_RATE_PER_MINUTE:
            response = render(request, "core/too_fast.html", status=429)
            response["Retry-After"] = str(_MINUTE)
            return response
        return view(request, *args, **kwargs)

    return counted


def _asked(request: HttpRequest) -> int:
    """How many requests the address has made in this minute, this one included."""
    minute = int(time.time()) // _MINUTE
    key = f"pace-{minute}-{get_client_ip_address(request) or ''}"
    # Twice as long as the minute lasts: the key is there until nobody counts on it any more.
    cache.add(key, 0, 2 * _MINUTE)
    return cache.incr(key)
