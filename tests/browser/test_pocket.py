"""The volunteer's codes on a telephone whose network is cut."""

from __future__ import annotations

import pytest
from playwright.sync_api import Error

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.browser.chromium import PHONE
from tests.browser.house import House, Visitor, aside
from tests.cast import Cast
from tests.volunteers.signups.arranging import another, call
from volunteers.signups.domain import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFLINE_ERRORS = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch")
NAMES = """async () => {
    const cache = await caches.open('own-codes');
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}"""


def takes_a_place(actor: Actor, title: str, cast: Cast, days: int = 2) -> None:
    with acting_as(actor.scope):
        sign_up(call(cast, title=title, days=days), actor=actor)


def opened(house: House, actor: Actor) -> Visitor:
    """The codes, on a telephone that has kept them by now."""
    phone = house.enter(viewport=PHONE)
    phone.eyes.expected_errors = OFFLINE_ERRORS
    look_in(phone, actor)
    return phone


def look_in(phone: Visitor, actor: Actor) -> None:
    phone.sit_down_as(actor)
    phone.go("/own/codes/")
    phone.page.wait_for_selector("[data-kept-note]:not([hidden])")


def test_codes_show_without_network_whatever_page_is_opened(cast: Cast, house: House) -> None:
    aside(lambda: takes_a_place(cast.person, "巡河护水", cast))
    phone = opened(house, cast.person)
    phone.eyes.look(PHONE)
    phone.page.context.set_offline(True)
    for path in ("/own/codes/", "/own/"):
        phone.go(path)
        assert "巡河护水" in phone.text()
        assert phone.page.locator("details[open] .door-code svg").is_visible()
    # Drawn as with network: the styles were kept too.
    style = "getComputedStyle(document.querySelector('.own-code')).borderBottomStyle"
    assert phone.page.evaluate(style) == "solid"
    phone.eyes.look(PHONE)
    phone.page.context.set_offline(False)
    assert not house.faults, house.faults


def test_place_that_is_new_is_kept_with_the_next_page(cast: Cast, house: House) -> None:
    aside(lambda: takes_a_place(cast.person, "巡河护水", cast))
    phone = opened(house, cast.person)
    aside(lambda: takes_a_place(cast.person, "敬老院探访", cast, days=9))
    phone.go("/own/")
    phone.page.wait_for_selector("body[data-codes-kept]")
    aside(lambda: takes_a_place(cast.person, "文明交通", cast, days=20))
    # Looked at, and gone the same moment.
    phone.go("/own/codes/")
    phone.page.context.set_offline(True)
    phone.go("/own/codes/")
    for title in ("巡河护水", "敬老院探访", "文明交通"):
        assert title in phone.text()
    phone.page.context.set_offline(False)
    assert not house.faults, house.faults


def test_sign_out_takes_the_codes_off_the_telephone(cast: Cast, house: House) -> None:
    aside(lambda: takes_a_place(cast.person, "巡河护水", cast))
    phone = opened(house, cast.person)
    phone.page.click("button[data-bs-toggle=dropdown]")
    phone.follow("form[data-sign-out] button")
    assert phone.page.evaluate(NAMES) == []
    phone.page.context.set_offline(True)
    with pytest.raises(Error, match=r"ERR_INTERNET_DISCONNECTED|ERR_FAILED"):
        phone.go("/own/codes/")
    phone.page.context.set_offline(False)
    assert not house.faults, house.faults


def test_who_signs_in_next_finds_the_own_codes_alone(cast: Cast, house: House) -> None:
    other = aside(lambda: another(cast))
    aside(lambda: takes_a_place(cast.person, "巡河护水", cast))
    aside(lambda: takes_a_place(other, "敬老院探访", cast))
    phone = opened(house, cast.person)
    phone.page.context.clear_cookies()
    look_in(phone, other)
    phone.page.context.set_offline(True)
    phone.go("/own/codes/")
    assert "敬老院探访" in phone.text()
    assert "巡河护水" not in phone.text()
    phone.page.context.set_offline(False)
    assert not house.faults, house.faults
