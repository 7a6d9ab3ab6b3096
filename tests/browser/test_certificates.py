"""The browser's own word on a certificate: what was signed, and what was altered afterwards."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable
from hashlib import sha256

import pytest
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from playwright.sync_api import Route

from core.tenancy.scope import acting_as
from tests.browser.chromium import PHONE
from tests.browser.house import House, Visitor, aside
from tests.cast import Cast
from tests.volunteers.certificates.arranging import issued, served
from volunteers.certificates.domain import withdraw_certificate
from volunteers.certificates.models import Certificate

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
Altered = Callable[[Certificate], str]


def certified(cast: Cast) -> Certificate:
    """Two hours of the cast's volunteer."""

    def make() -> Certificate:
        served(cast)
        with acting_as(cast.person.scope):
            return issued(cast)

    return aside(make)


def unaltered(certificate: Certificate) -> str:
    return certificate.fragment


def more_hours(certificate: Certificate) -> str:
    """The payload says ten times the minutes, under the signature of the true one."""
    key, payload, signature = certificate.fragment.removeprefix("#").split(".")
    said = json.loads(urlsafe_b64decode(payload + "=" * (-len(payload) % 4)))
    said[3] *= 10
    text = json.dumps(said, ensure_ascii=False, separators=(",", ":")).encode()
    return f"#{key}.{urlsafe_b64encode(text).decode().rstrip('=')}.{signature}"


def own_key(certificate: Certificate) -> str:
    """Signed by somebody else, who says it was the portal's key."""
    key, payload, _signature = certificate.fragment.removeprefix("#").split(".")
    digest = sha256(f"{certificate.code}.{payload}".encode()).digest()
    signed = Ed25519PrivateKey.generate().sign(digest)
    return f"#{key}.{payload}.{urlsafe_b64encode(signed).decode().rstrip('=')}"


def unknown_key(certificate: Certificate) -> str:
    return certificate.fragment.replace("#test-1.", "#test-2.")


def broken(certificate: Certificate) -> str:
    return f"{certificate.fragment[:-1]}%"


FORGED = [more_hours, own_key, unknown_key, broken]


def said_by_browser(visitor: Visitor, word: str) -> None:
    """Waits for the browser's judgement."""
    visitor.page.wait_for_selector(f'[data-signature-said="{word}"]')


@pytest.mark.parametrize(
    ("altered", "word"), [(unaltered, "good"), *((each, "bad") for each in FORGED)]
)
def test_browser_tells_what_was_signed_from_what_was_altered(
    cast: Cast, house: House, altered: Altered, word: str
) -> None:
    certificate = certified(cast)
    anybody = house.enter(viewport=PHONE)
    anybody.go(f"/verify/{certificate.code}/{altered(certificate)}")
    said_by_browser(anybody, word)
    facts = anybody.page.locator("[data-signature-facts]")
    if word == "good":
        assert certificate.masked_name in facts.inner_text()
        assert cast.volunteer.name not in anybody.text()
        anybody.eyes.look()
    else:
        assert not facts.is_visible()
        anybody.eyes.look(PHONE)
    assert not house.faults, house.faults


def test_signature_of_another_certificate_does_not_pass(cast: Cast, house: House) -> None:
    first, second = certified(cast), aside(lambda: another_of(cast))
    anybody = house.enter(viewport=PHONE)
    anybody.go(f"/verify/{first.code}/{second.fragment}")
    said_by_browser(anybody, "bad")
    assert not house.faults, house.faults


def another_of(cast: Cast) -> Certificate:
    with acting_as(cast.person.scope):
        return issued(cast)


def test_page_opened_once_checks_without_network(cast: Cast, house: House) -> None:
    certificate = certified(cast)
    anybody = house.enter(viewport=PHONE)
    anybody.go("/verify/")
    anybody.page.wait_for_selector("[data-signature-ready]", state="attached")
    # The icon too.
    anybody.page.wait_for_load_state("networkidle")
    anybody.page.context.set_offline(True)
    scanned = f"{anybody.url}/verify/{certificate.code}/"
    for text, word in (
        (scanned + certificate.fragment, "good"),
        (scanned + more_hours(certificate), "bad"),
        (scanned, "unreadable"),
    ):
        anybody.page.fill("[data-signature-text]", text)
        said_by_browser(anybody, word)
        assert anybody.page.is_visible("[data-signature-facts]") == (word == "good")
    anybody.eyes.look(PHONE)
    assert not house.faults, house.faults


def test_what_was_pasted_before_the_script_came_is_checked(cast: Cast, house: House) -> None:
    certificate = certified(cast)
    anybody = house.enter(viewport=PHONE)
    held: list[Route] = []

    def hold(route: Route) -> None:
        held.append(route)

    anybody.page.route("**/dist/app*.js", hold)
    # Only the page itself: its script is on the way until it is let through.
    anybody.page.goto(f"{anybody.url}/verify/", wait_until="commit")
    text = f"{anybody.url}/verify/{certificate.code}/{certificate.fragment}"
    anybody.page.fill("[data-signature-text]", text)
    for route in held:
        route.continue_()
    said_by_browser(anybody, "good")
    assert not house.faults, house.faults


def test_withdrawn_is_said_beside_a_signature_that_holds(cast: Cast, house: House) -> None:
    certificate = certified(cast)

    def withdraw() -> None:
        with acting_as(cast.county_441802.scope):
            withdraw_certificate(certificate, actor=cast.county_441802, reason="重开")

    aside(withdraw)
    anybody = house.enter(viewport=PHONE)
    anybody.go(f"/verify/{certificate.code}/{certificate.fragment}")
    said_by_browser(anybody, "good")
    assert "已撤回" in anybody.text()
    anybody.eyes.look(PHONE)
    assert not house.faults, house.faults
