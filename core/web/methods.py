"""An address for what a button sends, typed by hand: a page instead of a blank answer."""

from __future__ import annotations

from collections.abc import Callable

from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed
from django.shortcuts import render

__all__ = ["NotAllowedPageMiddleware"]


class NotAllowedPageMiddleware:
    """Gives 405 a page in the portal's look; programs keep the answer of the API.

    Stands here because Django has handlers for 400, 403, 404 and 500, and none for this. A partial
    request gets the same status, by which the page's script chooses its sentence.
    """

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        answer = self.get_response(request)
        is_blank = isinstance(answer, HttpResponseNotAllowed) and not answer.content
        if not is_blank or request.method == "HEAD" or request.path_info.startswith("/api/"):
            return answer
        page = render(request, "405.html", status=answer.status_code)
        page.headers["Allow"] = answer.headers["Allow"]
        return page
