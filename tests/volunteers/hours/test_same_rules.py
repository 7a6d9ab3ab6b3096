"""The same rows through the grid and through a workbook: the same are taken, in the same words."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from core.workbooks.results import ALREADY_RECORDED
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import open_draft, person, row_of, typed
from tests.volunteers.workbooks import HOURS_HEADER, import_file, write_workbook
from volunteers.desk.models import RowState
from volunteers.desk.summary.faults import DeskFault

LIU, CHEN = identity_number(202), identity_number(204)
# Name, number, activity, date, from, to, hours, note, as they are typed.
ROWS = [
    ("刘霞明", LIU, "防汛值守", "2026-05-03", "", "", "15", ""),
    ("刘霞明", LIU, "防汛巡堤", "2026-05-03", "", "", "10", ""),  # more than the day's room
    ("刘霞明", LIU, "防汛巡堤", "2026-05-03", "", "", "3", ""),  # what was refused takes no room
    ("刘霞明", LIU, "防汛值守", "2026-05-03", "", "", "3.5", ""),  # 3 are hidden elsewhere
    ("刘霞明", LIU, "防汛巡堤", "2026-05-03", "08:00", "11:00", "", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-03", "", "", "24", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-04", "09:00", "11:00", "", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-04", "10:00", "12:00", "23", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-04", "10:00", "12:00", "", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-04", "", "", "22.5", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-05", "", "", "12", ""),  # stands already, word for word
    ("陈军", CHEN, "防汛值守", "2026-05-05", "", "", "13", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-06", "", "", "0", ""),
    ("陈军", CHEN, "防汛值守", "2036-05-06", "", "", "1", ""),
    ("陈军", CHEN, "防汛值守", "2026-05-06", "09:00", "", "1", ""),
]


@pytest.fixture
def _county(cast: Cast) -> None:
    liu = person(cast.committee("441802009"), "刘霞明", number=LIU)
    chen = person(cast.committee("441802103"), "陈军", number=CHEN)
    with as_owner():
        hidden = cast.committee("440606")
        ServiceRecordFactory(
            volunteer=liu,
            committee=hidden,
            served_on=date(2026, 5, 3),
            during=None,
            minutes=180,
        )
        ServiceRecordFactory(
            volunteer=chen,
            committee=cast.committee("441802"),
            activity_title="防汛值守",
            served_on=date(2026, 5, 5),
            during=None,
            minutes=720,
        )
        VolunteerFactory(committee=hidden, name="刘霞明")


@pytest.mark.usefixtures("_county")
def test_workbook_and_grid_take_the_same_rows_and_say_the_same(cast: Cast, tmp_path: Path) -> None:
    actor = cast.recorder_441802
    path = write_workbook(tmp_path / "hours.xlsx", HOURS_HEADER, [list(row) for row in ROWS])
    result = import_file("hours", path, committee=cast.committee("441802"), actor=actor, check=True)
    by_workbook = {refused.row: refused.fault for refused in result.refused}
    rows = [
        typed(
            f"{name} {number}",
            position=place,
            activity=activity,
            date=day,
            start=start,
            end=end,
            hours=hours,
        )
        for place, (name, number, activity, day, start, end, hours, _note) in enumerate(ROWS)
    ]
    with open_draft(actor, *rows, start="", end="") as draft:
        by_grid = {}
        for number, row in enumerate(rows, start=2):
            stored = row_of(draft, row.key)
            if stored.state != RowState.READY:
                fault = stored.fault or {}
                by_grid[number] = DeskFault(fault["code"], **fault["params"])
    assert {n: f.code for n, f in by_workbook.items()} == {n: f.code for n, f in by_grid.items()}
    # Rows of a file are counted with its header, and "of this file" is said.
    alike = {"repeated", "overlaps_row", ALREADY_RECORDED}
    for number, fault in by_workbook.items():
        if fault.code not in alike:
            assert fault.message == by_grid[number].message
    full = [number for number, fault in by_workbook.items() if fault.code == "day_is_full"]
    assert full == [3, 5, 11, 13]
