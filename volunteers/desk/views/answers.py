"""Answers for the page's script: JSON, and errors as the API words them."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, Concatenate, ParamSpec

from django.http import HttpRequest, JsonResponse
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.scopes import actor_of
from volunteers.desk.forms import Malformed, malformed_sentence

__all__ = ["answers_json"]

P = ParamSpec("P")
Answer = Callable[Concatenate[HttpRequest, P], dict[str, Any]]


def answers_json(view: Answer[P]) -> Callable[Concatenate[HttpRequest, P], JsonResponse]:
    """The view returns values; a refusal is 409, a body that makes no sense 400.

    The page names the account that it was made for: after somebody else has signed in, what the
    first one typed is not written in the second one's name.
    """

    @wraps(view)
    def answered(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> JsonResponse:
        if _is_another_user(request):
            detail = _("Somebody else has signed in since. Sign in as yourself to go on.")
            return _errors("other_user", detail, status=409)
        try:
            values = view(request, *args, **kwargs)
        except Refusal as refused:
            return _errors(refused.code, str(refused), status=409)
        except Malformed:
            return _errors("malformed", malformed_sentence(), status=400)
        return JsonResponse(values)

    return answered


def _is_another_user(request: HttpRequest) -> bool:
    named = request.headers.get("X-Desk-User", "")
    return bool(named) and named != str(actor_of(request).scope.user)


def _errors(code: str, detail: str, *, status: int) -> JsonResponse:
    return JsonResponse({"errors": [{"code": code, "detail": detail}]}, status=status)
