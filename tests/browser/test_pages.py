"""Every page of every role: axe finds nothing, nothing scrolls sideways, no script complains."""

from __future__ import annotations

import pytest
from django.urls import reverse

from organizations.accounts.access import allows
from tests.browser.chromium import DESK, PHONE, WALL
from tests.browser.house import House, Visitor, aside
from tests.isolation.walk.engine import ANYONE, REACH
from tests.isolation.walk.judgements import JUDGED, Judged
from tests.isolation.walk.things import Walked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Answered with a file, or with a part of a page that only stands inside another one.
NO_PAGES = {
    "benefits:own-code-next",
    "certificates:batch-pdf",
    "certificates:certificate-pdf",
    "certificates:own-pdf",
    "checkins:door-code",
    "checkins:offline-manifest",
    "checkins:offline-worker",
    "checkins:own-manifest",
    "checkins:own-worker",
    "imports:run-refused",
    "committees:committee-search",
    "committees:committee-children",
    "registry:volunteer-lookup",
    "desk:people",
    "desk:draft-changes",
    "evidence:pane",
    "evidence:picture",
    "evidence:thumbnail",
    "exports:export-file",
    "privacy:copy-file",
    "transfers:place-lookup",
    "transfers:own-place-lookup",
}
PAGES_OF_ANYBODY = ("/accounts/login/", "/accounts/password/reset/", "/accounts/signup/")
PAGES_OF_ACCOUNTS = (
    "/accounts/password/change/",
    "/accounts/2fa/",
    "/accounts/logout/",
    "/there-is-no-such-page/",
)


def pages_of(walked: Walked, username: str) -> list[str]:
    """The addresses of all pages that the role may read, with own things in them."""
    role = walked.world.cast.actor(username).role
    return [
        _address(walked, judged, username)
        for judged in JUDGED
        if judged.get and not judged.is_api and judged.name not in NO_PAGES
        if allows(role, judged.action)
    ]


def _address(walked: Walked, judged: Judged, username: str) -> str:
    things = walked.things[REACH[username].own]
    names = judged.names(walked, things) if judged.names else {}
    return reverse(
        judged.name, kwargs=judged.personal(walked, username) if judged.personal else names
    )


def look_at(visitor: Visitor, paths: list[str]) -> None:
    for path in paths:
        if visitor.meets_unseen(path):
            visitor.go(path)
            sizes = [WALL] if "dashboard" in path or "home" in path else []
            visitor.eyes.look(PHONE, DESK, *sizes)


@pytest.mark.parametrize("username", [name for name in REACH if name != ANYONE])
def test_pages_keep_nobody_out(house: House, walked: Walked, username: str) -> None:
    visitor = house.enter()
    visitor.eyes.expected_status = {404}
    visitor.sit_down_as(walked.world.cast.actor(username))
    look_at(visitor, [*aside(lambda: pages_of(walked, username)), *PAGES_OF_ACCOUNTS])
    assert not house.faults, house.faults


def test_pages_before_signing_in_keep_nobody_out(house: House, walked: Walked) -> None:
    visitor = house.enter()
    visitor.eyes.expected_status = {410}
    look_at(visitor, [*PAGES_OF_ANYBODY, "/accounts/invitation/nonsense/"])
    assert not house.faults, house.faults
