"""Ends sessions that are idle or old, and asks staff for their second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect
from django.urls import Resolver404, resolve, reverse
from django.utils.translation import gettext as _

from organizations.accounts.guards import SESSION_STARTED, ask_to_sign_in, locked_to
from organizations.accounts.models import Membership

__all__ = ["BY_ITSELF", "SessionGuardMiddleware"]

# A page's script says so of what it asks unasked, every few seconds: nobody has done anything.
BY_ITSELF = "X-By-Itself"

_SEEN = "seen_at"
# Writing the session on every request would cost more than the request.
_SEEN_STEP_SECONDS = 60


class SessionGuardMiddleware:
    """Idle and absolute time-out (GB/T 22239-2019, 8.1.4.1), and TOTP for staff where required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.user.is_authenticated:
            return self.get_response(request)
        lock = locked_to(request)
        if lock and not _is_under(request.path_info, lock):
            return redirect(lock)
        stays = bool(lock) or _goes_on_idle(request)
        if self._is_too_old(request) or (self._is_idle(request) and not stays):
            logout(request)
            return self._ask_to_sign_in(request)
        if self._second_factor_missing(request):
            return self._ask_for_second_factor(request)
        return self.get_response(request)

    def _ask_to_sign_in(self, request: HttpRequest) -> HttpResponse:
        if _is_for_programs(request) or _is_for_everybody(request):
            # Nobody is signed in any more: a program is answered 401, and a visitor as any other.
            return self.get_response(request)
        said = _(
            "You were signed out because nothing happened for a while. Sign in again to go on."
        )
        messages.info(request, said)
        return ask_to_sign_in(request)

    def _ask_for_second_factor(self, request: HttpRequest) -> HttpResponse:
        said = _("Staff accounts need a second factor. Set it up to go on.")
        if _is_for_programs(request):
            error = {"code": "second_factor_missing", "detail": said, "attr": None}
            return JsonResponse({"type": "client_error", "errors": [error]}, status=403)
        messages.warning(request, said)
        return redirect(reverse("mfa_activate_totp"))

    def _is_too_old(self, request: HttpRequest) -> bool:
        now = int(time.time())
        started: int = request.session.setdefault(SESSION_STARTED, now)
        return now - started > settings.SESSION_ABSOLUTE_SECONDS

    def _is_idle(self, request: HttpRequest) -> bool:
        """Whether the person's last act is too long ago; this request may be the next one."""
        now = int(time.time())
        seen: int = request.session.setdefault(_SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return True
        if now - seen >= _SEEN_STEP_SECONDS and not _asks_by_itself(request):
            request.session[_SEEN] = now
        return False

    def _second_factor_missing(self, request: HttpRequest) -> bool:
        if not settings.STAFF_TOTP_REQUIRED or request.path_info.startswith("/accounts/"):
            return False
        if _is_for_everybody(request):
            return False
        is_member = Membership.objects.filter(user=request.user.pk, revoked_at=None).exists()
        return is_member and not is_mfa_enabled(request.user)


def _is_under(path: str, lock: str) -> bool:
    """Signing out is always possible, and so is the other language."""
    return path.startswith((lock, "/accounts/logout/", "/i18n/"))


def _is_for_programs(request: HttpRequest) -> bool:
    return request.path_info.startswith("/api/")


def _is_for_everybody(request: HttpRequest) -> bool:
    return request.path_info.startswith(settings.SCOPE_PUBLIC_PREFIXES)


def _asks_by_itself(request: HttpRequest) -> bool:
    """Whether nobody did anything: a script says so, and a wall loads itself anew, which cannot."""
    return BY_ITSELF in request.headers or _goes_on_idle(request)


def _goes_on_idle(request: HttpRequest) -> bool:
    """Whether the page is one of those that may be looked at for hours; see `goes_on_idle`."""
    try:
        view = resolve(request.path_info).func
    except Resolver404:
        return False
    shows = getattr(view, "goes_on_idle", None)
    return bool(request.method in {"GET", "HEAD"} and shows and shows(request))
