"""The eyes see: each fault is made once on a page of its own, and must be found."""

from __future__ import annotations

import pytest

from tests.browser.chromium import MOST_SCRIPT_BYTES, PHONE
from tests.browser.house import House, Visitor

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# What a script of the page would do, and a part of the sentence that must follow.
FAULTS = {
    "a picture without words": (
        "document.querySelector('main').append(document.createElement('img'))",
        "image-alt",
    ),
    "text that cannot be read": (
        "document.querySelector('h1').style.color = '#e5e5e5'",
        "color-contrast",
    ),
    "something that widens the page": (
        "document.documentElement.style.minWidth = '2000px'",
        "scrolls sideways",
    ),
    "a script that fails": ("setTimeout(() => { throw new Error('broken') })", "broken"),
    "a script from elsewhere": (
        "const s = document.createElement('script'); s.src = 'data:text/javascript,1';"
        " document.body.append(s)",
        "Content Security Policy",
    ),
    "a style in the page": (
        "document.body.innerHTML += '<p style=\"color:red\">x</p>'",
        "Content Security Policy",
    ),
    "an address that is gone": ("fetch('/gone/')", "404"),
}


@pytest.fixture
def visitor(house: House) -> Visitor:
    # Elements that only look different make no other page; here they must be judged.
    house.judged = set()
    visitor = house.enter()
    visitor.go("/accounts/login/")
    visitor.page.set_viewport_size(PHONE)  # type: ignore[arg-type]
    return visitor


@pytest.mark.parametrize("fault", FAULTS)
def test_fault_is_seen(house: House, visitor: Visitor, fault: str) -> None:
    script, sentence = FAULTS[fault]
    visitor.page.evaluate(f"async () => {{ await ({{}}); {script} }}")
    visitor.page.wait_for_load_state("networkidle")
    visitor.eyes.look(PHONE)
    assert sentence in house.faults


def test_page_without_fault_has_none(house: House, visitor: Visitor) -> None:
    visitor.eyes.look(PHONE)
    assert house.faults == ""


def test_weight_of_scripts_is_seen(house: House, visitor: Visitor) -> None:
    """The portal's own scripts weigh something, and one of that weight too much is found."""
    visitor.eyes.look(PHONE)
    assert 10_000 < visitor.eyes.weight < MOST_SCRIPT_BYTES
    visitor.eyes.most_script_bytes = visitor.eyes.weight - 1
    visitor.eyes.look(PHONE)
    assert "bytes of script" in house.faults


def test_page_is_new_by_its_elements_and_not_by_its_words(visitor: Visitor) -> None:
    assert visitor.eyes.are_new_to('<p class="soft" id="a">3 hours</p>')
    assert not visitor.eyes.are_new_to('<p class="soft" id="b">12 hours</p>')
    assert visitor.eyes.are_new_to('<p class="bad" id="a">3 hours</p>')
    assert visitor.eyes.are_new_to('<p class="soft" id="a">3 hours</p><button disabled>')
