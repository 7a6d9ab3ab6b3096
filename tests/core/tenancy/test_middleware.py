"""Each request runs, and is rendered, inside its actor's scope, and fails as a whole."""

from __future__ import annotations

import pytest
from django.db import DatabaseError
from django.http import HttpRequest, HttpResponse
from django.test import Client
from pytest_django import Settings
from structlog.testing import capture_logs

from core.tenancy.middleware import ScopeMiddleware, StreamingInScope
from core.tenancy.roles import Role
from core.tenancy.scope import NestedScope, NoScope, Proof, Scope, acting_as, current_scope
from organizations.accounts.domain.tokens import issue_api_token
from organizations.accounts.models import Membership, User
from tests.cast import Cast, log_in
from tests.core.tenancy.pages import WRITTEN
from tests.database import as_owner
from tests.factories import VolunteerFactory
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.urls("tests.core.tenancy.pages")


@pytest.fixture
def desk(cast: Cast) -> Client:
    """The county's secretary; there is somebody in another city to be seen by mistake."""
    with as_owner():
        VolunteerFactory(committee=cast.committee("440606103"), name="外人")
    client = Client(raise_request_exception=False)
    return log_in(client, cast.county_441802)


def written() -> bool:
    """Whether the request's change stands."""
    with as_owner():
        return Volunteer.objects.filter(name=WRITTEN).exists()


def refuse(request: HttpRequest) -> Scope:
    """A resolver whose membership ended between being looked up and being used."""
    return Scope(role=Role.TIER1, committee="0001", proof=Proof("SELECT 1 WHERE false"))


class Swallowing:
    """A middleware that turns every exception into a harmless answer."""

    def __init__(self, get_response: object) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        return self.get_response(request)  # type: ignore[operator,no-any-return]

    def process_exception(self, request: HttpRequest, _error: Exception) -> HttpResponse:
        return HttpResponse("all well")


@pytest.mark.parametrize("page", ["/late/", "/generator/"])
def test_answer_is_rendered_inside_the_scope(cast: Cast, desk: Client, page: str) -> None:
    assert desk.get(page).content.decode() == f"{cast.volunteer.name};"


def test_scope_is_the_actors(cast: Cast, desk: Client) -> None:
    path = cast.committee("441802").path
    assert desk.get("/scope/").content.decode() == f"portal_tier3 {path}"
    assert Client().get("/scope/").content.decode() == "portal_public"


def test_scope_is_closed_after_the_answer(desk: Client) -> None:
    desk.get("/late/")
    with pytest.raises(NoScope):
        current_scope()
    with pytest.raises(DatabaseError, match="permission denied"):
        Volunteer.objects.exists()


def test_stream_is_refused(desk: Client) -> None:
    assert desk.get("/streamed/").status_code == 500
    desk.raise_request_exception = True
    with pytest.raises(StreamingInScope):
        desk.get("/streamed/")


def test_what_is_left_lazy_fails_rather_than_leaks(desk: Client) -> None:
    response = desk.get("/kept/")
    with pytest.raises(DatabaseError, match="permission denied"):
        list(response.later)  # type: ignore[attr-defined]


@pytest.mark.parametrize(
    ("status", "stands"),
    [(200, True), (204, True), (302, True), (400, False), (403, False), (404, False),
     (409, False), (500, False)],
)  # fmt: skip
def test_change_stands_unless_the_answer_refuses(desk: Client, status: int, stands: bool) -> None:
    assert desk.post(f"/answers/{status}/").status_code == status
    assert written() is stands


@pytest.mark.parametrize(
    ("error", "status"), [("missing", 404), ("forbidden", 403), ("broken", 500)]
)
def test_exception_takes_the_change_back(desk: Client, error: str, status: int) -> None:
    assert desk.post(f"/raises/{error}/").status_code == status
    assert not written()


@pytest.mark.parametrize(("fails", "status"), [("refusal", 409), ("bad input", 400)])
def test_exception_of_the_api_takes_the_change_back(desk: Client, fails: str, status: int) -> None:
    response = desk.post("/api/v1/people/", {"fails": fails}, content_type="application/json")
    assert response.status_code == status
    assert not written()


def with_swallowing(settings: Settings, desk: Client) -> Client:
    """The same person behind a middleware that hides exceptions."""
    settings.MIDDLEWARE = [f"{__name__}.Swallowing", *settings.MIDDLEWARE]
    fresh = Client()
    fresh.cookies = desk.cookies
    return fresh


def test_exception_hidden_by_another_middleware_takes_the_change_back(
    settings: Settings, desk: Client
) -> None:
    assert with_swallowing(settings, desk).post("/raises/broken/").status_code == 200
    assert not written()


def test_without_remembering_exceptions_a_hidden_one_would_save(
    settings: Settings, desk: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(ScopeMiddleware, "process_exception")
    assert with_swallowing(settings, desk).post("/raises/broken/").status_code == 200
    assert written()


def test_swallowed_database_error_is_an_error(desk: Client) -> None:
    assert desk.post("/swallows/").status_code == 500
    assert not written()


def test_database_error_in_a_savepoint_is_survived(desk: Client) -> None:
    assert desk.post("/survives/").status_code == 200
    assert written()


def test_scope_inside_a_request_is_an_error(desk: Client) -> None:
    desk.raise_request_exception = True
    with pytest.raises(NestedScope):
        desk.get("/nested/")


def test_request_inside_a_scope_is_an_error(cast: Cast, desk: Client) -> None:
    desk.raise_request_exception = True
    with acting_as(cast.county_440606.scope), pytest.raises(NestedScope):
        desk.get("/late/")


def test_revoked_membership_reaches_nothing_on_the_next_request(cast: Cast, desk: Client) -> None:
    assert desk.get("/late/").content
    with as_owner():
        Membership.objects.filter(user=cast.county_441802.user).update(
            revoked_at="2026-01-01T00:00Z"
        )
    assert desk.get("/scope/").content.decode() == "portal_public"
    assert desk.get("/late/").status_code == 500, "the public has no privilege on volunteers"


def test_membership_that_ended_meanwhile_is_sent_away(
    cast: Cast, desk: Client, settings: Settings
) -> None:
    settings.SCOPE_RESOLVER = f"{__name__}.refuse"
    fresh = Client()
    fresh.cookies = desk.cookies
    assert fresh.get("/api/v1/people/").status_code == 401
    response = fresh.post("/answers/200/")
    assert (response.status_code, response["Location"]) == (302, "/accounts/login/")
    assert not written()
    assert "_auth_user_id" not in fresh.session


def api(token: str) -> int:
    return (
        Client(raise_request_exception=False)
        .get("/api/v1/people/", headers={"Authorization": f"Token {token}"})
        .status_code
    )


def test_token_is_asked_before_any_scope(cast: Cast) -> None:
    membership = cast.county_441802.membership
    assert membership is not None
    token = issue_api_token(membership)
    assert api(token) == 200
    assert api(token + "x") == api("") == 401
    with as_owner():
        Membership.objects.filter(pk=membership.pk).update(revoked_at="2026-01-01T00:00Z")
    assert api(token) == 401


def test_token_does_not_widen_a_session(cast: Cast, desk: Client) -> None:
    """A wrong token is refused even where the session would have been enough."""
    headers = {"Authorization": "Token nonsense"}
    assert desk.get("/api/v1/people/", headers=headers).status_code == 401


def test_identity_page_runs_without_scope_and_keeps_what_it_wrote(cast: Cast, desk: Client) -> None:
    assert desk.get("/accounts/scope/").content.decode() == "portal_login"
    assert desk.post("/accounts/identity/").status_code == 403
    assert cast.county_441802.user is not None
    assert User.objects.get(pk=cast.county_441802.user.pk).name == WRITTEN


def test_refusal_is_logged_with_who_and_where(cast: Cast, desk: Client) -> None:
    with capture_logs() as logs:
        desk.get("/raises/missing/")
    (line,) = [entry for entry in logs if entry["event"] == "refused"]
    assert cast.county_441802.user is not None
    assert line["user"] == cast.county_441802.user.pk
    assert (line["path"], line["status"], line["role"]) == ("/raises/missing/", 404, "portal_tier3")
    assert line["committee"] == cast.committee("441802").path
