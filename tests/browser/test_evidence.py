"""Pictures of a sign-in sheet, as who confirms looks at them beside the rows."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.urls import reverse

from tests import pictures
from tests.browser.house import House
from tests.cast import Cast
from tests.volunteers.evidence.test_domain import a_sheet
from volunteers.hours.models import HoursSheet

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def sheet(cast: Cast) -> HoursSheet:
    return a_sheet(cast)


def test_pictures_are_added_looked_at_removed_and_brought_back(
    sheet: HoursSheet, cast: Cast, house: House, tmp_path: Path
) -> None:
    files = {
        "签到表一.jpg": pictures.jpeg(),
        "别的.jpg": b"MZ",
        "签到表二.png": pictures.png(),
    }
    for name, content in files.items():
        (tmp_path / name).write_bytes(content)
    visitor = house.enter()
    visitor.sit_down_as(cast.county_441802)
    visitor.go(reverse("hours:sheet-detail", args=[sheet.pk]))
    page = visitor.page
    page.set_input_files("[data-evidence-add] input[multiple]", [tmp_path / name for name in files])
    page.wait_for_selector(".evidence-thumbnail >> nth=1")
    assert "别的.jpg" in visitor.text(".evidence-uploads .is-refused")

    page.click("[data-evidence-picture] >> nth=0")
    page.wait_for_selector(".evidence-frame[style*=width]")
    assert "签到表一.jpg" in visitor.text("[data-evidence-caption]")
    before = page.locator("[data-evidence-frame]").bounding_box()
    page.keyboard.press("+")
    after = page.locator("[data-evidence-frame]").bounding_box()
    assert before is not None
    assert after is not None
    assert after["width"] > before["width"]
    page.keyboard.press("PageDown")
    assert "签到表二.png" in visitor.text("[data-evidence-caption]")
    visitor.eyes.look()
    page.keyboard.press("Escape")
    assert page.is_hidden("[data-evidence-view]")

    page.click("form[action$='/remove/'] button >> nth=0")
    page.wait_for_selector("form[action$='/restore/']")
    assert page.locator(".evidence-thumbnail").count() == 1
    page.click("form[action$='/restore/'] button")
    page.wait_for_selector(".evidence-thumbnail >> nth=1")
