"""The county officer's whole job, as people do it: import, mend, confirm, take back."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from core.workbooks import read_workbook
from tests.browser.chromium import DESK, PHONE
from tests.browser.house import House, Visitor
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.workbooks import (
    DATA,
    HOURS_HEADER,
    add_townships,
    expected_faults,
    write_workbook,
)
from volunteers.hours.imports import HOURS_COLUMNS

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

ROSTER = "roster-441802.xlsx"
HOURS = "hours-441802-2026-05.xlsx"
ROSTER_ROWS, HOURS_ROWS = 408, 1200


@pytest.fixture
def county(cast: Cast) -> Cast:
    with as_owner():
        add_townships(cast.committees)
    return cast


def bring_in(house: House, visitor: Visitor, kind: str, path: Path, *, mends: str = "") -> None:
    """Chooses the file, lets it be read, and brings in what is good."""
    if not mends:
        visitor.go(f"/imports/new/?kind={kind}")
    visitor.page.set_input_files("input[type=file]", path)
    visitor.follow("form.form-body button[type=submit]")
    house.do_jobs()
    take = 'form[action$="/take/"] button[type=submit]'
    visitor.page.wait_for_selector(take)
    visitor.eyes.look()
    if visitor.page.is_visible("#consent"):
        visitor.page.check("#consent")
    visitor.follow(take)
    house.do_jobs()
    visitor.page.wait_for_selector(".notice strong")
    visitor.eyes.look()


def counts(visitor: Visitor) -> list[int]:
    """The figures of the import's result: brought in, refused."""
    sentence = visitor.text(".notice:has(strong)")
    return [int(figure.replace(",", "")) for figure in re.findall(r"\d[\d,]*", sentence)]


def mended(refused: Path, folder: Path) -> Path:
    """The refused workbook with its first row that lies in the future put right."""
    with read_workbook(refused, HOURS_COLUMNS) as sheet:
        rows = [row.cells for row in sheet.rows]
        day = sheet.mapping["date"]
    assert day is not None
    (row, *_others) = [row for row in rows if str(row[day]).startswith("2027")]
    cells = [*row]
    cells[day] = "2026-05-30"
    return write_workbook(folder / "mended.xlsx", HOURS_HEADER, [cells[: len(HOURS_HEADER)]])


def test_county_brings_in_a_month_and_a_second_person_confirms_it(
    county: Cast, house: House, tmp_path: Path
) -> None:
    recorder = house.enter(accept_downloads=True)
    recorder.sign_in("county-441802-recorder")
    recorder.eyes.look()

    bring_in(house, recorder, "volunteers", DATA / ROSTER)
    refused = len(expected_faults(ROSTER))
    assert counts(recorder)[:2] == [ROSTER_ROWS - refused, refused]

    bring_in(house, recorder, "hours", DATA / HOURS)
    refused = len(expected_faults(HOURS))
    taken = HOURS_ROWS - refused
    assert counts(recorder)[:2] == [taken, refused]

    with recorder.page.expect_download() as download:
        recorder.page.click('a[href$="/refused/"]')
    sent_back = tmp_path / "refused.xlsx"
    download.value.save_as(sent_back)
    recorder.follow('a[href*="mends="]')
    bring_in(house, recorder, "hours", mended(sent_back, tmp_path), mends="yes")
    assert counts(recorder)[0] == 1

    secretary = house.enter()
    secretary.sign_in("county-441802")
    secretary.eyes.look()
    confirm_and_take_back(house, secretary, taken)
    assert not house.faults, house.faults


def confirm_and_take_back(house: House, secretary: Visitor, records: int) -> None:
    """Confirms the big sheet, takes it back within ten seconds, and confirms it again."""
    confirm = 'form[action$="/confirm/"] button[type=submit], button[formaction$="/confirm/"]'
    secretary.go("/hours/")
    secretary.eyes.look()
    secretary.follow(f'a:text-is("{HOURS}")')
    secretary.eyes.look()
    secretary.follow(confirm)
    assert f"{records:,}" in secretary.text(".notice-success")
    secretary.follow('form[action^="/hours/confirmations/"] button')
    assert f"{records:,}" in secretary.text(".notice-success")
    secretary.go("/hours/")
    secretary.follow(f'a:text-is("{HOURS}")')
    secretary.follow(confirm)
    house.do_jobs()
    secretary.go("/home/")
    secretary.eyes.look(PHONE, DESK)
