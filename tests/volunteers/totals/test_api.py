"""Hours by committee, month and kind."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.totals.domain import recount_dirty_months

ADDRESS = "/api/v1/hours/summary/"


@pytest.fixture
def counted(cast: Cast) -> Cast:
    """May: two people in two townships of 441802 and one in 440606; June: one of them again."""
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802103"))
        foreign = VolunteerFactory(committee=cast.committee("440606103"))
        for volunteer, day, kind in (
            (cast.volunteer, date(2026, 5, 2), "elderly"),
            (other, date(2026, 5, 2), "environment"),
            (cast.volunteer, date(2026, 6, 2), "elderly"),
            (foreign, date(2026, 5, 2), "elderly"),
        ):
            ServiceRecordFactory(volunteer=volunteer, served_on=day, kind=kind)
    recount_dirty_months()
    return cast


def _ask(cast: Cast, client: Client, username: str, **query: str) -> tuple[int, dict[str, object]]:
    response = log_in(client, cast.actor(username)).get(ADDRESS, query)
    return response.status_code, response.json()


def test_summary_by_committee_adds_up(counted: Cast, client: Client) -> None:
    status, answer = _ask(
        counted, client, "county-441802", committee="441802", **{"from": "2026-05", "to": "2026-06"}
    )
    assert status == 200
    assert (answer["minutes"], answer["records"], answer["volunteers"]) == (360, 3, 2)
    assert answer["rows"] == [
        {"key": "441802009", "name": "横荷街道", "minutes": 240, "records": 2, "volunteers": 1},
        {"key": "441802103", "name": "源潭镇", "minutes": 120, "records": 1, "volunteers": 1},
    ]


def test_summary_by_month_and_kind(counted: Cast, client: Client) -> None:
    span = {"from": "2026-05", "to": "2026-07"}
    _, months = _ask(counted, client, "province", committee="44", by="month", **span)
    _, kinds = _ask(counted, client, "province", committee="44", by="kind", **span)
    assert [(row["key"], row["volunteers"]) for row in months["rows"]] == [  # type: ignore[attr-defined]
        ("2026-05", 3),
        ("2026-06", 1),
        ("2026-07", 0),
    ]
    assert [(row["key"], row["records"], row["volunteers"]) for row in kinds["rows"]] == [  # type: ignore[attr-defined]
        ("elderly", 3, 2),
        ("environment", 1, 1),
    ]


@pytest.mark.parametrize("code", ["440606", "44", "999999"])
def test_summary_outside_the_scope_is_404(counted: Cast, client: Client, code: str) -> None:
    status, _ = _ask(
        counted, client, "county-441802", committee=code, **{"from": "2026-05", "to": "2026-05"}
    )
    assert status == 404


def test_summary_refuses_months_that_are_none(counted: Cast, client: Client) -> None:
    status, answer = _ask(
        counted, client, "county-441802", committee="441802", **{"from": "2026-13", "to": "2026-05"}
    )
    assert status == 400
    assert answer["errors"][0]["attr"] == "from"  # type: ignore[index]


@pytest.mark.parametrize(
    ("first", "last", "answered"),
    [("2017-01", "2026-12", 200), ("2016-12", "2026-12", 400), ("2026-06", "2026-05", 400)],
)
def test_summary_ends_after_ten_years(
    counted: Cast, client: Client, first: str, last: str, answered: int
) -> None:
    status, answer = _ask(
        counted, client, "county-441802", committee="441802", **{"from": first, "to": last}
    )
    assert status == answered
    assert answered == 200 or answer["errors"][0]["attr"] == "to"  # type: ignore[index]


def test_summary_needs_a_login(counted: Cast, client: Client) -> None:
    assert client.get(ADDRESS).status_code == 401


def test_summary_is_not_for_volunteers(counted: Cast, client: Client) -> None:
    status, _ = _ask(
        counted, client, "volunteer", committee="441802", **{"from": "2026-05", "to": "2026-05"}
    )
    assert status == 403
