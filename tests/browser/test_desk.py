"""The hour desk: a month of hours by keyboard alone, and nothing typed is ever lost."""

from __future__ import annotations

import sys
from datetime import datetime
from time import perf_counter

import pytest
from django.utils import timezone

from organizations.accounts.models import Membership
from tests.browser.chromium import DESK, PHONE, WALL
from tests.browser.grid import Grid, names, recorded, register, signed_in
from tests.browser.house import House, aside
from tests.cast import Cast
from tests.database import as_owner

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


def test_thirty_rows_are_typed_and_submitted_by_keyboard_alone(
    cast: Cast, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    people = names(30)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    began = perf_counter()
    grid.set_common(day="516", start="8", end="11")
    for person in people:
        grid.find(person)
    grid.saved()
    grid.wait_for("ready", 30)
    took = perf_counter() - began
    assert grid.people() == people

    grid.press("Control+Enter")
    assert "30" in grid.focused("textContent")
    grid.press("Enter")
    grid.page.wait_for_selector("[data-notice=submitted]:not([hidden])")
    assert recorded(cast) == sorted(people)
    with capsys.disabled():
        sys.stdout.write(f"\n30 rows typed from a list: {took:.1f} s")
    assert not house.faults, house.faults


def test_page_killed_midway_is_gone_on_with_elsewhere(cast: Cast, house: House) -> None:
    people = names(6)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    for person in people[:5]:
        grid.find(person)
    grid.saved()
    grid.type(people[5])
    grid.page.context.close()

    elsewhere = signed_in(house, cast)
    elsewhere.open(grid.page.url)
    assert elsewhere.people()[:5] == people[:5]
    assert not house.faults, house.faults


def test_rows_typed_offline_come_back_after_a_crash(cast: Cast, house: House) -> None:
    people = names(4)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.visitor.eyes.expected_errors = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED")
    grid.begin()
    grid.set_common()
    grid.saved()
    address = grid.page.url
    grid.page.context.set_offline(True)
    for person in people:
        grid.type(person)
        grid.press("Enter")
    grid.is_saving("offline")
    grid.copied()
    kept = grid.copies()
    assert kept
    assert not any(person in copy for copy in kept for person in people)
    grid.page.close()

    grid.page.context.set_offline(False)
    grid.reopen(address)
    grid.wait_for("ready", 4)
    grid.saved()
    assert grid.people() == people
    assert grid.copies() == []
    assert not house.faults, house.faults


def test_two_windows_on_one_draft_see_each_other_and_lose_nothing(cast: Cast, house: House) -> None:
    people = names(4)
    register(cast, people)
    one = signed_in(house, cast)
    one.begin()
    one.set_common()
    for person in people[:3]:
        one.find(person)
    one.saved()
    other = signed_in(house, cast)
    other.open(one.page.url)
    assert other.people() == people[:3]

    # Different rows: each window shows what the other did.
    one.go_to(1, "note")
    one.type("带队")
    other.go_to(2, "note")
    other.type("拍照")
    one.press("Enter")
    other.press("Enter")
    for grid in (one, other):
        grid.wait_for_note(1, "带队")
        grid.wait_for_note(2, "拍照")

    decide_about_one_row(one, other)
    assert not house.faults, house.faults


def decide_about_one_row(one: Grid, other: Grid) -> None:
    """Both change the same row: the second sees both texts, and decides."""
    one.visitor.eyes.expected_errors = ("ERR_FAILED",)
    # The first question that fails comes after the last one that may still be answered.
    with one.page.expect_event("requestfailed", lambda request: "/changes/" in request.url):
        one.page.route("**/changes/**", lambda route: route.abort())
    other.go_to(3, "note")
    other.type("下午")
    other.press("Enter")
    other.saved()
    one.go_to(3, "note")
    one.type("上午")
    one.press("Enter")
    one.wait_for("conflict", 1)
    assert "下午" in one.visitor.text(".desk-conflict")
    one.press("F2", "2")
    one.page.unroute("**/changes/**")
    one.wait_for_note(3, "下午")
    one.press("Control+Z")
    for grid in (one, other):
        grid.wait_for_note(3, "上午")


def test_expired_session_keeps_what_is_typed_and_sends_it_later(cast: Cast, house: House) -> None:
    people = names(3)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    grid.find(people[0])
    grid.saved()
    with grid.page.expect_request("**/changes/**") as asked:
        grid.page.context.clear_cookies(name="sessionid")
    assert asked.value.headers["x-by-itself"] == "1", "an open page is nobody's act"
    for person in people[1:]:
        grid.type(person)
        grid.press("Enter")
    grid.is_saving("signed-out")
    assert grid.page.is_visible("[data-notice=signed-out] a")

    # Somebody else at the same browser: nothing goes out in their name, nor can they read it.
    grid.visitor.eyes.expected_status = {409}
    grid.visitor.sit_down_as(cast.county_441802)
    grid.is_saving("other-user")
    grid.visitor.sit_down_as(cast.recorder_441802)
    grid.wait_for("ready", 3)
    grid.saved()
    assert grid.people() == people
    assert not house.faults, house.faults


def test_withdrawn_right_is_said_and_saving_goes_on_when_it_is_back(
    cast: Cast, house: House
) -> None:
    people = names(3)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.visitor.eyes.expected_status = {403}
    grid.begin()
    grid.set_common()
    grid.find(people[0])
    grid.saved()
    aside(lambda: membership_ends(cast, at=timezone.now()))
    for person in people[1:]:
        grid.type(person)
        grid.press("Enter")
    grid.is_saving("forbidden")
    assert grid.page.is_visible("[data-notice=forbidden]")
    grid.copied()
    assert len(grid.copies()) == 1
    aside(lambda: membership_ends(cast, at=None))
    # Back from where one asked for it.
    grid.page.evaluate("() => window.dispatchEvent(new Event('focus'))")
    grid.wait_for("ready", 3)
    grid.saved()
    assert grid.page.is_hidden("[data-notice=forbidden]")
    assert grid.people() == people
    assert not house.faults, house.faults


def test_signing_out_for_good_takes_the_copy_on_the_computer_along(
    cast: Cast, house: House
) -> None:
    grid = signed_in(house, cast)
    grid.visitor.eyes.expected_status = {403}
    grid.begin()
    grid.set_common()
    grid.saved()
    aside(lambda: membership_ends(cast, at=timezone.now()))
    grid.type(names(1)[0])
    grid.press("Enter")
    grid.is_saving("forbidden")
    grid.copied()
    assert grid.copies()
    leave = "() => document.querySelector('form[data-sign-out]').requestSubmit()"
    grid.page.evaluate(leave)
    grid.page.wait_for_selector("[data-notice=unsigned]:not([hidden])")
    with grid.page.expect_navigation():
        grid.page.evaluate(leave)
    assert grid.copies() == []
    assert not house.faults, house.faults


def membership_ends(cast: Cast, *, at: datetime | None) -> None:
    """The recorder's right, taken away or given back."""
    member = cast.recorder_441802.membership
    assert member is not None
    with as_owner():
        Membership.objects.filter(pk=member.pk).update(revoked_at=at)


def test_undo_fill_and_remove_by_keyboard(cast: Cast, house: House) -> None:
    people = names(3)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    for person in people:
        grid.find(person)
    grid.go_to(1, "start")
    grid.type("9")
    grid.press("ArrowDown", "Control+D", "ArrowDown", "Control+D")
    grid.saved()
    assert [row["start"] for row in grid.rows()] == ["09:00"] * 3
    grid.press("Control+Z")
    assert [row["start"] for row in grid.rows()] == ["09:00", "09:00", ""]
    grid.press("Control+Y", "Alt+Delete")
    assert grid.people() == people[:2]
    grid.press("Control+Z")
    assert grid.people() == people
    grid.go_to(2, "note")
    grid.type("不要")
    grid.press("Escape")
    grid.saved()
    assert [row["note"] for row in grid.rows()] == ["", "", ""]
    grid.open(grid.page.url)
    assert grid.people() == people
    assert not house.faults, house.faults


def test_hours_in_words_become_the_figure_once_their_cell_is_left(cast: Cast, house: House) -> None:
    (person,) = names(1)
    register(cast, [person])
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common(start="", end="")
    grid.find(person)
    grid.go_to(1, "hours")
    grid.type("两个半小时")
    grid.press("Tab")
    grid.wait_for("ready", 1)
    assert grid.rows()[0]["hours"] == "2.5"
    grid.press("Shift+Tab")
    grid.type("约三小时")
    grid.press("Tab")
    grid.wait_for("refused", 1)
    assert grid.rows()[0]["hours"] == "约三小时"
    assert "约三小时" in grid.visitor.text(".desk-refused")
    assert not house.faults, house.faults


def test_every_state_of_a_row_keeps_nobody_out(cast: Cast, house: House) -> None:
    plain, shared = names(3)[:2], names(3)[2]
    register(cast, [*plain, shared, shared])
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    grid.paste(f"{plain[0]}\t3\n{shared}\t3\n{plain[1]}\t25\n查无此人\t2\n{plain[1]}\t\n合计\t30")
    grid.wait_for("choose", 1)
    grid.page.locator("[data-left-out] summary").click()
    grid.visitor.eyes.look(DESK, PHONE, WALL)
    grid.visitor.go("/desk/")
    assert "5" in grid.visitor.text("main table")
    grid.visitor.eyes.look(DESK, PHONE)
    assert not house.faults, house.faults
