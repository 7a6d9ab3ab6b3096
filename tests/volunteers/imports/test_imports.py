"""Both counties' workbooks: exactly the known faults, in any order of rows, and again."""

from __future__ import annotations

import datetime as dt
import random
from pathlib import Path

import pytest
from django.utils import timezone

from core.workbooks import read_workbook
from organizations.committees.models import Committee
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.imports import oracle
from tests.volunteers.workbooks import (
    DATA,
    HOURS_HEADER,
    ROSTER_HEADER,
    expected_faults,
    faults_of,
    import_file,
    write_workbook,
)
from volunteers.hours.imports import HOURS_COLUMNS
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.imports import ROSTER_COLUMNS
from volunteers.registry.models import Volunteer, VolunteerIdentity

COUNTIES = ("441802", "440606")
ORDERS = (1, 2, 3)


def _roster(code: str) -> Path:
    return DATA / f"roster-{code}.xlsx"


def _hours(code: str) -> Path:
    return DATA / f"hours-{code}-2026-05.xlsx"


def _import(cast: Cast, kind: str, path: Path, code: str, **options: bool):  # type: ignore[no-untyped-def]
    actor = cast.actor(f"county-{code}")
    return import_file(kind, path, committee=cast.committee(code), actor=actor, **options)


@pytest.mark.parametrize("code", COUNTIES)
def test_workbooks_have_exactly_the_known_faults(counties: Cast, code: str) -> None:
    for kind, path in (("volunteers", _roster(code)), ("hours", _hours(code))):
        result = _import(counties, kind, path, code)
        assert faults_of(result) == expected_faults(path.name)
        assert result.accepted == result.rows - len(result.refused)


@pytest.mark.parametrize("code", COUNTIES)
def test_second_import_adds_nothing_and_says_so(counties: Cast, code: str) -> None:
    for kind, path, repeated in (
        ("volunteers", _roster(code), "duplicate"),
        ("hours", _hours(code), "overlap"),
    ):
        first = _import(counties, kind, path, code)
        before = _counts()
        again = _import(counties, kind, path, code)
        assert _counts() == before
        assert again.accepted == 0
        assert again.already == first.accepted
        assert again.adds_nothing_new
        known = dict(expected_faults(path.name))
        assert all(row.field == known.get(row.row, repeated) for row in again.refused)
        assert len(again.refused) == again.rows


def _counts() -> list[int]:
    with as_owner():
        return [model.objects.count() for model in (Volunteer, ServiceRecord, HoursSheet)]


@pytest.mark.parametrize("code", COUNTIES)
def test_check_says_the_same_and_changes_nothing(counties: Cast, code: str) -> None:
    checked = _import(counties, "volunteers", _roster(code), code, check=True)
    with as_owner():
        assert not Volunteer.objects.filter(source="import").exists()
        assert not VolunteerIdentity.objects.exists()
    assert faults_of(checked) == expected_faults(_roster(code).name)
    taken = _import(counties, "volunteers", _roster(code), code)
    assert (checked.accepted, faults_of(checked)) == (taken.accepted, faults_of(taken))
    checked = _import(counties, "hours", _hours(code), code, check=True)
    with as_owner():
        assert not ServiceRecord.objects.exists()
        assert not HoursSheet.objects.exists()
    assert faults_of(checked) == expected_faults(_hours(code).name)


@pytest.mark.parametrize("order", ORDERS)
@pytest.mark.parametrize("code", COUNTIES)
def test_rows_in_any_order_are_judged_by_the_order_they_stand_in(
    counties: Cast, tmp_path: Path, code: str, order: int
) -> None:
    for kind, header in (("volunteers", ROSTER_HEADER), ("hours", HOURS_HEADER)):
        source = _roster(code) if kind == "volunteers" else _hours(code)
        columns = ROSTER_COLUMNS if kind == "volunteers" else HOURS_COLUMNS
        with read_workbook(source, columns) as sheet:
            cells = [row.cells for row in sheet.rows]
        random.Random(order).shuffle(cells)
        path = write_workbook(tmp_path / f"{kind}.xlsx", header, cells)
        result = _import(counties, kind, path, code)
        numbered = list(enumerate(cells, start=2))
        assert faults_of(result) == _judged(counties, kind, numbered, code)


def _judged(cast: Cast, kind: str, rows: list[oracle.Row], code: str) -> list[tuple[int, str]]:
    today = timezone.localdate()
    if kind == "volunteers":
        with as_owner():
            below = Committee.objects.below(cast.committee(code).path).filter(level="township")
            townships = set(below.values_list("name", flat=True))
        return oracle.roster_faults(rows, townships=townships, today=today)
    names, phones = _registry_of(code, today)
    return oracle.hours_faults(rows, names=names, numbers_by_phone=phones, today=today)


def _registry_of(code: str, today: dt.date) -> tuple[dict[str, str], dict[str, str]]:
    """Who is registered after the county's roster, read from the roster alone."""
    with read_workbook(_roster(code), ROSTER_COLUMNS) as sheet:
        rows = [(row.number, row.cells) for row in sheet.rows]
    refused = dict(expected_faults(_roster(code).name))
    names, phones = {}, {}
    for number, cells in rows:
        if number not in refused:
            identity = oracle._plain(cells[3])
            names[identity] = str(cells[1])
            phones[oracle._digits(cells[4])] = identity
    return names, phones


def test_oracle_knows_the_faults_of_the_files_as_they_are(counties: Cast) -> None:
    """The oracle is worth nothing unless it agrees with what is known of the files."""
    for code in COUNTIES:
        for kind, path, columns in (
            ("volunteers", _roster(code), ROSTER_COLUMNS),
            ("hours", _hours(code), HOURS_COLUMNS),
        ):
            with read_workbook(path, columns) as sheet:
                rows = [(row.number, row.cells) for row in sheet.rows]
            assert _judged(counties, kind, rows, code) == expected_faults(path.name)
