"""Coverage through the API."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.utils import timezone

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import OrganizationFactory

ADDRESS = "/api/v1/coverage/"


@pytest.fixture
def ledger(cast: Cast) -> None:
    with as_owner():
        OrganizationFactory(
            committee=cast.committee("441802"),
            founded_on=date(2020, 1, 1),
            standardised_on=date(2021, 4, 1),
        )


@pytest.mark.usefixtures("ledger")
def test_answer_is_exactly_as_agreed(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    response = client.get(ADDRESS, {"committee": "4418"})
    assert response.status_code == 200
    assert response.json() == {
        "committee": "4418",
        "name": "清远市",
        "level": "city",
        "counties": 2,
        "established": 1,
        "standardised": 1,
        "established_rate": 0.5,
        "standardised_rate": 0.5,
        "as_of": timezone.localdate().isoformat(),
        "children": [
            {
                "committee": "441802",
                "name": "清城区",
                "level": "county",
                "counties": 1,
                "established": 1,
                "standardised": 1,
                "established_rate": 1.0,
                "standardised_rate": 1.0,
            },
            {
                "committee": "441881",
                "name": "英德市",
                "level": "county",
                "counties": 1,
                "established": 0,
                "standardised": 0,
                "established_rate": 0.0,
                "standardised_rate": 0.0,
            },
        ],
    }


@pytest.mark.usefixtures("ledger")
def test_earlier_day_has_its_own_answer(cast: Cast, client: Client) -> None:
    log_in(client, cast.province)
    answer = client.get(ADDRESS, {"committee": "44", "on": "2021-03-31"}).json()
    assert (answer["as_of"], answer["established"], answer["standardised"]) == ("2021-03-31", 1, 0)


def test_city_without_counties_has_null_rates(cast: Cast, client: Client) -> None:
    log_in(client, cast.province)
    answer = client.get(ADDRESS, {"committee": "4419"}).json()
    assert (answer["counties"], answer["established_rate"]) == (0, None)


def test_own_committee_is_the_default(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    assert client.get(ADDRESS).json()["committee"] == "441802"


@pytest.mark.parametrize(
    ("who", "query", "status"),
    [
        ("county-441802", {"committee": "441802"}, 200),
        ("county-441802-recorder", {"committee": "441802"}, 200),
        ("county-441802", {"committee": "4418"}, 404),
        ("county-441802", {"committee": "440606"}, 404),
        ("county-441802", {"committee": "nowhere"}, 404),
        ("county-441802", {"on": "yesterday"}, 400),
        ("volunteer", {"committee": "441802"}, 403),
        ("", {"committee": "44"}, 401),
    ],
)
def test_each_gets_the_right_status(
    cast: Cast, client: Client, who: str, query: dict[str, str], status: int
) -> None:
    if who:
        log_in(client, cast.actor(who))
    assert client.get(ADDRESS, query).status_code == status
