"""The portal's addresses, and a page that does nothing but know who asks.

It lies under ``/accounts/``: like the pages that sign people in, it runs without a scope.
"""

from django.http import HttpRequest, HttpResponse
from django.urls import include, path

from organizations.accounts.guards import public

__all__ = ["HELLO", "hello", "urlpatterns"]

HELLO = "/accounts/hello/"


@public("what a page with session and user costs without the portal's work")
def hello(request: HttpRequest) -> HttpResponse:
    """Greets the signed-in person."""
    return HttpResponse(f"hello {request.user.get_username()}")


urlpatterns = [path(HELLO.removeprefix("/"), hello), path("", include("portal.urls"))]
