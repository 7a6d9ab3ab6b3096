"""The hour desk: a month of hours by keyboard alone, and nothing typed is ever lost."""

from __future__ import annotations

import sys
from time import perf_counter

import pytest

from tests.browser.chromium import DESK, PHONE, WALL
from tests.browser.grid import names, recorded, register, signed_in
from tests.browser.house import House
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

# Two people each are called so.
SHARED = names(100)[88:]


def test_two_hundred_pasted_rows_with_twelve_doubtful_are_settled_by_keyboard(
    cast: Cast, house: House, capsys: pytest.CaptureFixture[str]
) -> None:
    plain = names(88)
    register(cast, [*plain, *SHARED, *SHARED])
    # Each plain one twice, at different times; the twelve once; and a line that means nothing.
    lines = [f"{name}\t2026-05-{day}" for day in ("12", "13") for name in plain]
    lines += [f"{name}\t2026-05-14" for name in SHARED]
    lines += [f"{name}\t2026-05-15" for name in plain[:12]]
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common(start="800", end="1100")
    began = perf_counter()
    grid.paste("姓名\t日期\n" + "\n".join(lines))
    grid.wait_for("choose", 12)
    grid.wait_for("ready", 188)
    read = perf_counter() - began
    for _shared in SHARED:
        assert grid.focused("dataset.candidate") == "0"
        grid.press("2")
    grid.wait_for("ready", 200)
    took = perf_counter() - began
    with capsys.disabled():
        sys.stdout.write(
            f"\n200 pasted rows: shown after {read:.1f} s, 12 doubtful settled after {took:.1f} s"
        )
    assert len(grid.rows()) == 200

    grid.press("Control+Enter", "Enter")
    grid.page.wait_for_selector("[data-notice=submitted]:not([hidden])")
    assert len(recorded(cast)) == 200
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


def test_every_state_of_a_row_keeps_nobody_out(cast: Cast, house: House) -> None:
    plain, shared = names(3)[:2], names(3)[2]
    register(cast, [*plain, shared, shared])
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    grid.paste(f"{plain[0]}\t3\n{shared}\t3\n{plain[1]}\t25\n查无此人\t2\n{plain[1]}\t\n")
    grid.wait_for("choose", 1)
    grid.visitor.eyes.look(DESK, PHONE, WALL)
    grid.visitor.go("/desk/")
    assert "5" in grid.visitor.text("main table")
    grid.visitor.eyes.look(DESK, PHONE)
    assert not house.faults, house.faults
