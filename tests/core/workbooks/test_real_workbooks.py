"""The offices' own workbooks: every row found, every cell read, the spoilt ones told apart."""

import pytest

from core.workbooks import Column, Sheet, read_workbook
from core.workbooks.cells import (
    CellError,
    is_none_word,
    parse_count,
    parse_date,
    parse_identity,
    parse_identity_or_phone,
    parse_minutes,
    parse_name,
    parse_phone,
    parse_time,
    parse_yes_no,
)
from tests.core.workbooks.cast import FAULTS, HOURS, LEDGER, ROSTER, WORKBOOKS


def opened(name: str, columns: tuple[Column, ...]) -> Sheet:
    sheet = read_workbook(WORKBOOKS / name, columns)
    assert sheet.missing == ()
    return sheet


def fault_rows(name: str, field: str) -> set[int]:
    return {int(fault["row"]) for fault in FAULTS[name] if fault["field"] == field}


@pytest.mark.parametrize(
    ("name", "rows"), [("roster-441802.xlsx", 408), ("roster-440606.xlsx", 150)]
)
def test_roster_is_read_but_for_its_faults(name: str, rows: int) -> None:
    sheet = opened(name, ROSTER)
    assert [row.number for row in sheet.rows] == list(range(3, rows + 3))
    spoilt, undialable = set(), set()
    for row in sheet.rows:
        full_name, _, identity, phone, _, registered, guardian = row.values
        assert len(parse_name(full_name)) in {2, 3}
        assert parse_date(registered) is not None
        assert len(parse_phone(guardian)) in {0, 11}
        try:
            parse_identity(identity)
        except CellError:
            spoilt.add(row.number)
        try:
            parse_phone(phone)
        except CellError:
            undialable.add(row.number)
    assert spoilt
    assert spoilt <= fault_rows(name, "id_number")
    assert undialable == fault_rows(name, "phone")


@pytest.mark.parametrize(
    ("name", "rows"), [("hours-441802-2026-05.xlsx", 1200), ("hours-440606-2026-05.xlsx", 300)]
)
def test_hours_are_read_whole_without_their_footer(name: str, rows: int) -> None:
    sheet = opened(name, HOURS)
    assert [row.number for row in sheet.rows] == list(range(4, rows + 4))
    backwards, future = set(), set()
    for row in sheet.rows:
        _, person, _, date, start, end, hours = row.values
        assert len(parse_identity_or_phone(person)) in {11, 18}
        day, first, last = parse_date(date), parse_time(start), parse_time(end)
        assert day is not None
        assert first is not None
        assert last is not None
        assert (parse_minutes(hours) or 0) > 0
        if day.year > 2026:
            future.add(row.number)
        if last < first:
            backwards.add(row.number)
    assert future == fault_rows(name, "date")
    assert backwards == fault_rows(name, "time")


def test_ledger_gives_the_provinces_figures() -> None:
    sheet = opened("ledger-guangdong-2021.xlsx", LEDGER)
    assert sheet.count == 122
    rows = list(sheet.rows)
    assert len({row.values[0] for row in rows}) == 19
    assert all(row.values[0] for row in rows)
    assert sum(not is_none_word(row.values[2]) for row in rows) == 106
    assert sum(parse_yes_no(row.values[5]) is True for row in rows) == 84
    assert sum(parse_date(row.values[4], month_ok=True) is not None for row in rows) == 106
    assert sum(parse_count(row.values[6]) is not None for row in rows) == 106
