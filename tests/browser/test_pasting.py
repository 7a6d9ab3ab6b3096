"""Lists pasted into the grid: rows, doubts, what is no row, and undoing it whole."""

from __future__ import annotations

import sys
from time import perf_counter

import pytest

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


def test_list_pasted_into_a_filled_row_stands_below_it_and_is_undone_whole(
    cast: Cast, house: House
) -> None:
    people = names(4)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    for person in people[:2]:
        grid.find(person)
    grid.go_to(1, "note")
    grid.type("带队")
    grid.paste(f"{people[2]}\t8:00\t9:00\n\t\t13\n{people[3]}\t8:00\t9:00")
    lines = grid.page.locator("[data-unread-lines] li")
    lines.wait_for()
    grid.wait_for("ready", 4)
    pasted = [people[0], *people[2:], people[1]]
    assert grid.people() == pasted
    assert [row["note"] for row in grid.rows()] == ["带队", "", "", ""]

    grid.press("Control+Z")
    assert grid.people() == people[:2]
    assert grid.rows()[0]["note"] == "带队"
    assert lines.count() == 0
    grid.press("Control+Y")
    assert (grid.people(), lines.count()) == (pasted, 1)
    grid.press("Control+Z")
    grid.saved()
    grid.open(grid.page.url)
    assert grid.people() == people[:2]
    assert [row["note"] for row in grid.rows()] == ["带队", ""]
    assert not house.faults, house.faults


def test_what_a_chat_says_around_its_list_is_left_out(cast: Cast, house: House) -> None:
    people = names(2)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    grid.paste(f"#接龙\n大家好\n1. {people[0]}\n2. {people[1]}\n谢谢{people[0]}")
    grid.wait_for("ready", 2)
    left_out = grid.page.locator("[data-left-out-lines] li")
    unread = grid.page.locator("[data-unread-lines] li")
    assert (left_out.count(), unread.count()) == (3, 0)
    assert "3" in grid.visitor.text("[data-left-out-count]")

    grid.press("Control+Z")
    assert (grid.people(), left_out.count()) == ([], 0)
    grid.press("Control+Y")
    assert (grid.people(), left_out.count()) == (people, 3)
    assert not house.faults, house.faults


def test_what_was_left_out_is_there_after_a_crash_and_is_taken_back(
    cast: Cast, house: House
) -> None:
    people = names(2)
    register(cast, people)
    grid = signed_in(house, cast)
    grid.begin()
    grid.set_common()
    grid.paste(f"#接龙\n大家好\n1. {people[0]}\n2. {people[1]}\n谢谢{people[0]}")
    grid.wait_for("ready", 2)
    grid.saved()
    grid.copied()
    address = grid.page.url
    grid.page.close()
    grid.reopen(address)
    left_out = grid.page.locator("[data-left-out-lines] li")
    unread = grid.page.locator("[data-unread-lines] li")
    left_out.nth(2).wait_for(state="attached")
    grid.page.locator("[data-left-out] summary").click()
    grid.page.locator("[data-take-back]").last.click()
    assert (left_out.count(), unread.count()) == (2, 1)
    assert grid.focused("value") == f"谢谢{people[0]}"
    grid.page.locator("[data-left-out-close]").click()
    assert grid.page.is_hidden("[data-left-out]")
    assert not house.faults, house.faults
