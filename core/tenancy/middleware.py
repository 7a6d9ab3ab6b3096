"""The middleware that runs every view and its rendering inside the actor's scope."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from typing import Any

import structlog
from django.conf import settings
from django.contrib.auth import logout
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import redirect
from django.utils.module_loading import import_string

from core.tenancy.scope import Scope, ScopeRefused, acting_as

logger = structlog.get_logger(__name__)

_REFUSED = 400


class StreamingInScope(RuntimeError):
    """A streaming answer would be produced after its scope has closed."""


class ScopeMiddleware:
    """Opens the scope before the view and closes it after the answer is rendered.

    Nothing is saved when the view raised or answered 400 or above: Django turns exceptions into
    answers before a middleware sees them, so the status counts too.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response
        self.scope_of: Callable[[HttpRequest], Scope] = import_string(settings.SCOPE_RESOLVER)

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with ExitStack() as stack:
            request.scope_stack = stack  # type: ignore[attr-defined]
            response = self.get_response(request)
            scope: Scope | None = getattr(request, "scope", None)
            if scope is not None:
                if response.streaming:
                    message = f"{request.path} answers with a stream; build the file in a job."
                    raise StreamingInScope(message)
                if response.status_code >= _REFUSED or hasattr(request, "scope_failed"):
                    transaction.set_rollback(True)
        if scope is not None and response.status_code in {403, 404}:
            logger.info(
                "refused",
                path=request.path,
                method=request.method,
                status=response.status_code,
                user=scope.user,
                role=str(scope.role),
                committee=scope.committee,
            )
        return response

    def process_view(
        self, request: HttpRequest, _view: Callable[..., Any], _args: Any, _kwargs: Any
    ) -> HttpResponse | None:
        """Opens the scope, or sends away whose membership has ended."""
        if request.path_info.startswith(settings.SCOPE_IDENTITY_PREFIXES):
            return None
        try:
            scope = self.scope_of(request)
            request.scope_stack.enter_context(acting_as(scope))  # type: ignore[attr-defined]
        except ScopeRefused:
            return _send_away(request)
        request.scope = scope  # type: ignore[attr-defined]
        return None

    def process_exception(self, request: HttpRequest, _exception: Exception) -> None:
        """Remembers the failure: another middleware may turn it into a harmless answer."""
        request.scope_failed = True  # type: ignore[attr-defined]


def _send_away(request: HttpRequest) -> HttpResponse:
    if request.path_info.startswith("/api/"):
        error = {"code": "not_authenticated", "detail": "This access has ended.", "attr": None}
        return JsonResponse({"type": "client_error", "errors": [error]}, status=401)
    logout(request)
    return redirect(settings.LOGIN_URL)
