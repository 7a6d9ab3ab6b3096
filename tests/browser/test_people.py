"""What the province, a volunteer and who has no mouse do; and the portal in another language."""

from __future__ import annotations

import pytest

from tests.browser.chromium import DESK, PHONE, WALL
from tests.browser.house import House
from tests.isolation.places import Place
from tests.isolation.walk.things import Walked

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_province_drills_down_to_a_county_and_back(house: House, walked: Walked) -> None:
    office = house.enter()
    office.sign_in("province")
    office.go("/dashboard/")
    office.page.wait_for_selector("[data-chart-canvas] svg")
    office.eyes.look()
    province = office.page.url

    office.follow('section[aria-labelledby=ranking] th.identity a[href^="/dashboard/4418/"]')
    office.eyes.look()
    office.follow('section[aria-labelledby=ranking] th.identity a[href^="/dashboard/441802/"]')
    office.page.wait_for_selector("[data-chart-canvas] svg")
    office.eyes.look()
    assert "清城区" in office.text("h1")

    shared = house.enter()
    shared.sit_down_as(walked.world.cast.province_auditor)
    shared.page.goto(office.page.url)
    assert shared.text("h1") == office.text("h1")

    office.page.go_back()
    office.page.go_back()
    assert office.page.url == province
    office.go("/dashboard/44/?wall=1")
    office.eyes.look(WALL)
    assert not house.faults, house.faults


def test_wall_whose_session_has_ended_keeps_its_figures(house: House, walked: Walked) -> None:
    screen = house.enter()
    screen.sit_down_as(walked.world.cast.province_auditor)
    screen.page.clock.install()
    screen.go("/dashboard/44/?wall=1")
    figures = screen.text(".figures")
    screen.page.context.clear_cookies()
    screen.page.clock.fast_forward(61_000)
    screen.page.wait_for_selector("[data-wall-over]:not([hidden])")
    assert screen.page.url.endswith("?wall=1")
    assert screen.text(".figures") == figures
    screen.eyes.look(WALL)
    assert not house.faults, house.faults


def test_volunteer_reads_the_hours_on_a_phone_and_says_what_is_not_right(
    house: House, walked: Walked
) -> None:
    volunteer = house.enter(viewport=PHONE, has_touch=True, is_mobile=True)
    volunteer.sign_in("volunteer")
    assert volunteer.page.url.endswith("/own/")
    assert volunteer.page.is_visible(".figures")
    volunteer.eyes.look(PHONE)

    record = walked.things[Place.MINE].waiting
    volunteer.follow(f'a[href="/own/records/{record.pk}/"]')
    volunteer.eyes.look(PHONE)
    volunteer.page.click("details summary")
    volunteer.page.fill("textarea[name=message]", "这天我没有去")
    volunteer.follow('form[action$="/ask/"] button[type=submit]')
    assert "这天我没有去" in volunteer.text()
    volunteer.eyes.look(PHONE)
    volunteer.go("/own/profile/")
    volunteer.eyes.look(PHONE)

    office = house.enter()
    office.sign_in("county-441802")
    office.go("/hours/corrections/")
    assert "这天我没有去" in office.text()
    assert not house.faults, house.faults


def test_filters_of_a_list_are_folded_on_a_phone_and_what_narrows_is_not(
    house: House, walked: Walked
) -> None:
    office = house.enter(viewport=PHONE, has_touch=True, is_mobile=True)
    office.sit_down_as(walked.world.cast.county_441802)
    office.go("/volunteers/")
    groups, row = office.page.locator(".chips-group"), office.page.locator("tbody tr").first
    fold = office.page.locator("[aria-controls=filter-groups]")
    assert not any(group.is_visible() for group in groups.all())
    box = row.bounding_box()
    assert box is not None
    assert box["y"] + box["height"] < PHONE["height"] / 2
    fold.click()
    assert all(group.is_visible() for group in groups.all())
    assert fold.get_attribute("aria-expanded") == "true"
    office.eyes.look(PHONE)

    office.go("/volunteers/?state=active")
    assert [group.is_visible() for group in groups.all()].count(True) == 1
    assert office.page.locator(".chips-group.is-chosen").is_visible()
    assert not house.faults, house.faults


def test_county_confirms_without_a_mouse(house: House, walked: Walked) -> None:
    secretary = house.enter()
    secretary.go("/accounts/login/")
    secretary.page.keyboard.type("county-441802")
    secretary.tab_to("#id_password")
    secretary.page.keyboard.type("correct horse battery staple")
    secretary.press_enter()

    secretary.page.keyboard.press("/")
    assert secretary.page.evaluate("() => document.activeElement.name") == "q"
    secretary.page.keyboard.type(Place.MINE.mark)
    secretary.press_enter()
    assert f"{Place.MINE.mark}员" in secretary.text()

    secretary.tab_to('nav a[href="/hours/"]')
    secretary.press_enter()
    sheet = walked.things[Place.MINE].waiting.sheet_id
    secretary.tab_to(f'a[href^="/hours/sheets/{sheet}/"]')
    secretary.press_enter()
    secretary.tab_to('form[action$="/confirm/"] button')
    secretary.press_enter()
    assert secretary.page.is_visible(".notice-success")
    assert not house.faults, house.faults


def test_language_is_switched_and_kept(house: House, walked: Walked) -> None:
    officer = house.enter()
    officer.sit_down_as(walked.world.cast.city_4418)
    officer.go("/hours/records/")
    chinese = officer.text("h1")
    language = "() => document.documentElement.lang.toLowerCase()"
    assert officer.page.evaluate(language).startswith("zh")

    officer.page.click(".bar-tools .dropdown button")
    officer.follow('button[name=language][value="en"]')
    assert officer.page.url.endswith("/hours/records/")
    assert officer.page.evaluate(language) == "en"
    assert officer.text("h1") != chinese
    officer.eyes.look(DESK)
    officer.go("/home/")
    assert officer.page.evaluate(language) == "en"

    officer.page.click(".bar-tools .dropdown button")
    officer.follow('button[name=language][value="zh-hans"]')
    officer.go("/hours/records/")
    assert officer.text("h1") == chinese
    assert not house.faults, house.faults
