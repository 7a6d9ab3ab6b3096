"""Pages that exist only for the tests of the middleware; this module is the URLconf there."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection, transaction
from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponseBase,
    StreamingHttpResponse,  # noqa: TID251 (refused is what is tried)
)
from django.template import engines
from django.template.response import TemplateResponse
from django.urls import include, path
from rest_framework.exceptions import ValidationError
from rest_framework.request import Request
from rest_framework.response import Response
from rest_framework.views import APIView

from core.tenancy.scope import acting_as, current_scope
from core.web.refusals import Refusal
from organizations.accounts.models import User
from volunteers.registry.models import Volunteer

__all__ = ["WRITTEN", "urlpatterns"]

WRITTEN = "写下的名字"


def names() -> Iterator[str]:
    """Names of all volunteers that the scope reaches, asked for when they are needed."""
    yield from (f"{volunteer.name};" for volunteer in Volunteer.objects.order_by("pk").iterator())


def write() -> None:
    """Changes every volunteer that the scope reaches."""
    Volunteer.objects.update(name=WRITTEN)


def rendered_late(request: HttpRequest) -> HttpResponse:
    """The template asks the database after the view has returned."""
    template = engines["django"].from_string("{% for row in rows %}{{ row.name }};{% endfor %}")
    return TemplateResponse(request, template, {"rows": Volunteer.objects.order_by("pk")})


def made_of_a_generator(_request: HttpRequest) -> HttpResponse:
    """The body is given as a generator."""
    return HttpResponse(names())


def streamed(_request: HttpRequest) -> HttpResponseBase:
    """The body would be read after the scope has closed."""
    return StreamingHttpResponse(names())


def keeps_a_query(_request: HttpRequest) -> HttpResponse:
    """Something lazy leaves with the answer."""
    response = HttpResponse("later")
    response.later = names()  # type: ignore[attr-defined]
    return response


def writes_and_answers(request: HttpRequest, status: int) -> HttpResponse:
    """Writes, then answers as asked."""
    write()
    return HttpResponse(status=status, headers={"Location": "/"} if status == 302 else None)


_ERRORS = {"missing": Http404, "forbidden": PermissionDenied, "broken": ValueError}


def writes_and_raises(request: HttpRequest, error: str) -> HttpResponse:
    """Writes, then raises as asked."""
    write()
    raise _ERRORS[error]


def swallows_a_database_error(_request: HttpRequest) -> HttpResponse:
    """Goes on as if the failed statement had not failed the transaction."""
    write()
    try:
        with connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    except DatabaseError:
        pass
    return HttpResponse("all well")


def survives_a_database_error(_request: HttpRequest) -> HttpResponse:
    """The same in a savepoint, as it is meant to be."""
    write()
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1/0")
    except DatabaseError:
        pass
    return HttpResponse("all well")


def opens_another_scope(_request: HttpRequest) -> HttpResponse:
    """A view calls what is meant for jobs."""
    with acting_as(current_scope()):
        return HttpResponse("two scopes")


def tells_the_scope(request: HttpRequest) -> HttpResponse:
    """Role and committee as the database knows them."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT current_user, coalesce(current_setting('portal.committee', true), '')"
        )
        return HttpResponse(" ".join(cursor.fetchone() or ()).strip())


def identity(request: HttpRequest) -> HttpResponse:
    """A page of logging in: no scope, and what it writes stays whatever it answers."""
    User.objects.filter(pk=str(request.user.pk)).update(name=WRITTEN)
    return HttpResponse(status=403)


class Api(APIView):
    """Writes, then fails as programs do; reading needs an action of the access table."""

    action_needed = "volunteers.view"

    def get(self, request: Request) -> Response:
        """The names."""
        return Response(list(names()))

    def post(self, request: Request) -> Response:
        """Writes, then fails as asked."""
        write()
        if "refusal" in str(request.data):
            message = "a rule says no"
            raise Refusal(message, code="rule")
        raise ValidationError({"name": "is missing"})


urlpatterns = [
    path("late/", rendered_late),
    path("generator/", made_of_a_generator),
    path("streamed/", streamed),
    path("kept/", keeps_a_query),
    path("answers/<int:status>/", writes_and_answers),
    path("raises/<str:error>/", writes_and_raises),
    path("swallows/", swallows_a_database_error),
    path("survives/", survives_a_database_error),
    path("nested/", opens_another_scope),
    path("scope/", tells_the_scope),
    path("accounts/identity/", identity),
    path("accounts/scope/", tells_the_scope),
    path("api/v1/people/", Api.as_view()),
    # Pages of errors show the portal's navigation.
    path("", include("portal.urls")),
]
