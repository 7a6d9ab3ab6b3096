"""Ends sessions that are idle or old, and asks staff for their second factor."""

from __future__ import annotations

import time
from collections.abc import Callable

from allauth.mfa.utils import is_mfa_enabled
from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.utils.translation import gettext as _

from organizations.accounts.models import Membership

__all__ = ["SessionGuardMiddleware"]

_STARTED = "started_at"
_SEEN = "seen_at"
# Writing the session on every request would cost more than the request.
_SEEN_STEP_SECONDS = 60


class SessionGuardMiddleware:
    """Idle and absolute time-out (GB/T 22239-2019, 8.1.4.1), and TOTP for staff where required."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.user.is_authenticated:
            if self._timed_out(request):
                logout(request)
                messages.info(
                    request,
                    _(
                        "You were signed out because nothing happened for a while."
                        " Sign in again to go on."
                    ),
                )
                return redirect_to_login(request.get_full_path())
            if self._second_factor_missing(request):
                messages.warning(
                    request, _("Staff accounts need a second factor. Set it up to go on.")
                )
                return redirect(reverse("mfa_activate_totp"))
        return self.get_response(request)

    def _timed_out(self, request: HttpRequest) -> bool:
        now = int(time.time())
        started = request.session.setdefault(_STARTED, now)
        seen = request.session.setdefault(_SEEN, now)
        if now - seen > settings.SESSION_IDLE_SECONDS:
            return True
        if now - started > settings.SESSION_ABSOLUTE_SECONDS:
            return True
        if now - seen >= _SEEN_STEP_SECONDS:
            request.session[_SEEN] = now
        return False

    def _second_factor_missing(self, request: HttpRequest) -> bool:
        if not settings.STAFF_TOTP_REQUIRED or request.path_info.startswith("/accounts/"):
            return False
        is_member = Membership.objects.filter(user=request.user.pk, revoked_at=None).exists()
        return is_member and not is_mfa_enabled(request.user)
