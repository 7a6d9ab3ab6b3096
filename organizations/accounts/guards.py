"""How a view declares what it is for: one action of the access table, or public with a reason."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse

from organizations.accounts.scopes import actor_of

__all__ = ["acts", "public"]

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def acts(action: str) -> Callable[[View[P]], View[P]]:
    """The view needs ``action``: visitors are sent to the login, others without it get 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if actor.user is None:
                return redirect_to_login(request.get_full_path())
            actor.must(action)
            return view(request, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def public(reason: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The view answers anybody; ``reason`` says why that is right."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        view.public_because = reason  # type: ignore[attr-defined]
        return view

    return decorate
