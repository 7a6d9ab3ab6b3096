"""How a view declares what it is for: one action of the access table, or public with a reason."""

from __future__ import annotations

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec
from urllib.parse import urlsplit

from allauth.account.authentication import get_authentication_records
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.contrib.auth.hashers import check_password
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode

from organizations.accounts.scopes import actor_of

__all__ = [
    "SESSION_STARTED",
    "acts",
    "ask_to_sign_in",
    "asks_password",
    "goes_on_idle",
    "lock_session",
    "locked_to",
    "public",
    "unlock_session",
]

# When the session began, in seconds.
SESSION_STARTED = "started_at"
_LOCKED = "locked_to"
_WRONG = "locked_wrong_passwords"
_MOST_WRONG = 5

# So long after a password was typed, nobody has to type it again.
PASSWORD_HOLDS_SECONDS = 5 * 60

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]


def acts(action: str) -> Callable[[View[P]], View[P]]:
    """The view needs ``action``: visitors are sent to the login, others without it get 403."""

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            actor = actor_of(request)
            if actor.user is None:
                return ask_to_sign_in(request)
            actor.must(action)
            return view(request, *args, **kwargs)

        guarded.action = action  # type: ignore[attr-defined]
        return guarded

    return decorate


def goes_on_idle(
    when: Callable[[HttpRequest], bool],
) -> Callable[[Callable[P, HttpResponse]], Callable[P, HttpResponse]]:
    """The page stays open past the idle time-out, though not past the absolute one.

    For screens on a wall, which nobody touches: figures alone, nothing to press. What else the
    session of such a screen asks for ends it, so who finds the keyboard finds nobody signed in.
    """

    def decorate(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
        view.goes_on_idle = when  # type: ignore[attr-defined]
        return view

    return decorate


def ask_to_sign_in(request: HttpRequest) -> HttpResponse:
    """To the login, and from there back to the page.

    What was sent is not sent again: its sender comes back to the page that holds the form, where
    the browser has kept what was typed. Its own address may not be one to look at.
    """
    came_from = request.headers.get("Referer", "")
    if request.method == "POST" and url_has_allowed_host_and_scheme(
        came_from, allowed_hosts={request.get_host()}, require_https=request.is_secure()
    ):
        page = urlsplit(came_from)
        return redirect_to_login(page._replace(scheme="", netloc="", fragment="").geturl() or "/")
    return redirect_to_login(request.get_full_path())


def asks_password(view: View[P]) -> View[P]:
    """The view asks for the password again, unless it was typed in the last five minutes.

    Asks the session alone, so that it works inside a scope; what was posted is not kept, the page
    of the same address is shown again afterwards.
    """

    @wraps(view)
    def guarded(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        typed = [record["at"] for record in get_authentication_records(request, request.user)]
        if not typed or max(typed) < time.time() - PASSWORD_HOLDS_SECONDS:
            query = urlencode({REDIRECT_FIELD_NAME: request.get_full_path()})
            return redirect(f"{reverse('account_reauthenticate')}?{query}")
        return view(request, *args, **kwargs)

    return guarded


def public(reason: str) -> Callable[[Callable[..., Any]], Callable[..., Any]]:
    """The view answers anybody; ``reason`` says why that is right."""

    def decorate(view: Callable[..., Any]) -> Callable[..., Any]:
        view.public_because = reason  # type: ignore[attr-defined]
        return view

    return decorate


def lock_session(request: HttpRequest, address: str) -> None:
    """From now on the session reaches ``address`` and what lies under it, and nothing else.

    For a tablet at a door that others than its owner touch. It is not idle there, either.
    """
    request.session[_LOCKED] = address
    request.session[_WRONG] = 0


def locked_to(request: HttpRequest) -> str:
    """The address that the session is locked to; empty for none."""
    address: str = request.session.get(_LOCKED, "")
    return address


def unlock_session(request: HttpRequest, password: str) -> bool:
    """Ends the lock for who knows the account's password; whether it fitted.

    The fifth wrong one ends the session instead: at a door anybody may try.
    """
    if request.user.is_authenticated and check_password(password, request.user.password):
        del request.session[_LOCKED]
        return True
    request.session[_WRONG] += 1
    if request.session[_WRONG] >= _MOST_WRONG:
        # Too old from now on: the next request ends it, outside of the scope.
        request.session[SESSION_STARTED] = 0
    return False
