"""The walk notices: each guard is switched off once, and the walk must find it."""

from __future__ import annotations

import pytest
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.urls import reverse

from organizations.accounts import scopes
from organizations.accounts.actors import Actor
from tests.cast import log_in
from tests.database import as_owner
from tests.isolation.walk.addresses import addresses
from tests.isolation.walk.engine import Walker
from tests.isolation.walk.judgements import JUDGED, Judged
from tests.isolation.walk.things import Walked

CARELESS = "tests.isolation.walk.careless"
EVERYBODY = Judged(name="everybody", action="volunteers.view", get="200")
ANYBODY = Judged(
    name="anybody",
    action="volunteers.view",
    get="200",
    names=lambda walked, things: {"pk": walked.world.people[things.place].volunteer.pk},
)
OPEN_POLICY = """
    CREATE POLICY leak ON volunteers_volunteer FOR SELECT
    TO portal_tier1, portal_tier2, portal_tier3, portal_tier4 USING (true)
"""


def leaks(walked: Walked, judged: Judged, username: str = "county-441802") -> list[str]:
    """What the walk finds at one address, leaving aside that careless views take every method."""
    walker = Walker(walked, username)
    known = {address.name: address for address in addresses(CARELESS)}
    walker.walk(judged, known[judged.name])
    return [finding for finding in walker.findings if "not 405" not in finding]


def run_as_owner(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(statement)


@pytest.mark.urls(CARELESS)
@pytest.mark.parametrize("judged", [EVERYBODY, ANYBODY], ids=["list", "object"])
def test_policies_hold_what_a_view_forgot(walked: Walked, judged: Judged) -> None:
    assert leaks(walked, judged) == []


@pytest.mark.urls(CARELESS)
def test_list_past_the_policies_is_found(walked: Walked) -> None:
    run_as_owner(OPEN_POLICY)
    found = leaks(walked, EVERYBODY)
    assert "county-441802: GET everybody (own) shows something of other_province" in found


@pytest.mark.urls(CARELESS)
def test_object_past_the_policies_is_found(walked: Walked) -> None:
    run_as_owner(OPEN_POLICY)
    assert leaks(walked, ANYBODY) == ["county-441802: GET anybody (foreign) answers 200, not 404"]


@pytest.mark.urls(CARELESS)
def test_view_without_a_guard_is_found(walked: Walked) -> None:
    undeclared = [each.name for each in addresses(CARELESS) if not each.declared]
    assert "forgotten" in undeclared
    forgotten = Judged(name="forgotten", action="volunteers.view", get="200")
    found = leaks(walked, forgotten, "anyone")
    assert "anyone: GET forgotten (own) answers 200, not login" in found


def test_address_that_nobody_judged_is_found() -> None:
    judged = {judged.name for judged in JUDGED}
    assert {"forgotten", "everybody", "anybody"} <= {
        address.name for address in addresses(CARELESS)
    } - judged


def test_guard_that_lets_everybody_pass_is_found(
    walked: Walked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(Actor, "may", lambda *_args: True)
    (judged,) = (judged for judged in JUDGED if judged.name == "hours:sheet-confirm")
    found = leaks(walked, judged, "county-441802-recorder")
    assert "county-441802-recorder: POST hours:sheet-confirm (own) answers 302, not 403" in found


def test_scope_that_is_too_wide_is_found(walked: Walked, monkeypatch: pytest.MonkeyPatch) -> None:
    """A resolver that gave a county the province's scope would show in every list."""
    original = scopes._actor_of_session

    def too_wide(request: HttpRequest) -> Actor:
        original(request)
        return walked.world.cast.province

    monkeypatch.setattr(scopes, "_actor_of_session", too_wide)
    (judged,) = (judged for judged in JUDGED if judged.name == "registry:volunteer-list")
    found = leaks(walked, judged)
    assert "county-441802: GET registry:volunteer-list (own) shows something of other_city" in found


def test_forms_are_refused_without_their_token(walked: Walked) -> None:
    """Every address that writes, from a page of another site: the cookie alone is not enough."""
    client = Client(enforce_csrf_checks=True, raise_request_exception=False)
    log_in(client, walked.world.cast.county_441802)
    walker = Walker(walked, "county-441802")
    let_through = [
        judged.name
        for judged in JUDGED
        if judged.post and client.post(walker.url_of(judged, own=True)).status_code != 403
    ]
    assert let_through == []
    assert client.post(reverse("set_language")).status_code == 403
