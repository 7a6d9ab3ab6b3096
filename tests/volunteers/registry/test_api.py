"""Volunteers through the API: masked, paged, and nobody of another county."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.registry.desk import NUMBER, PHONE, registered
from volunteers.registry.models import Volunteer

LIST = "/api/v1/volunteers/"


@pytest.fixture
def known(cast: Cast) -> Volunteer:
    return registered(
        cast.committee("441802103"),
        number=NUMBER,
        phone=PHONE,
        name="刘霞明",
        identity_mask="4499**********0078",
        phone_mask="199****0077",
    )


def test_volunteer_is_told_with_masks(desk: Client, known: Volunteer) -> None:
    answer = desk.get(LIST, {"q": "刘"}).json()
    assert answer == {
        "next": None,
        "previous": None,
        "results": [
            {
                "id": known.pk,
                "number": known.number,
                "name": "刘霞明",
                "gender": "female",
                "age": 31,
                "committee": "441802103",
                "state": "active",
                "registered_on": "2024-03-05",
                "identity_mask": "4499**********0078",
                "phone_mask": "199****0077",
            }
        ],
    }
    assert desk.get(f"{LIST}{known.pk}/").json() == answer["results"][0]


def test_pages_follow_the_cursor_newest_first(cast: Cast, desk: Client) -> None:
    with as_owner():
        people = VolunteerFactory.create_batch(4, committee=cast.committee("441802103"))
    numbers, address = [], f"{LIST}?page_size=2&committee=441802103"
    while address:
        page = desk.get(address).json()
        numbers += [row["number"] for row in page["results"]]
        address = page["next"]
    assert numbers == [person.number for person in reversed(people)]


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_one_row_as_for_three(cast: Cast, desk: Client, count: int) -> None:
    with as_owner():
        VolunteerFactory.create_batch(count - 1, committee=cast.committee("441802009"))
    with CaptureQueriesContext(connection) as asked:
        assert len(desk.get(LIST).json()["results"]) == count
    assert len([query for query in asked if "volunteers_" in query["sql"]]) == 1
    assert len([query for query in asked if "organizations_committee" in query["sql"]]) == 2


@pytest.mark.parametrize(
    ("query", "count"),
    [
        ({"committee": "441802103"}, 1),
        ({"committee": "441802009"}, 1),
        ({"state": "active"}, 2),
        ({"state": "withdrawn"}, 0),
        ({"q": PHONE}, 1),
        ({"q": NUMBER, "committee": "441802009"}, 0),
    ],
    ids=str,
)
def test_filters_narrow_together(
    desk: Client, known: Volunteer, query: dict[str, str], count: int
) -> None:
    assert len(desk.get(LIST, query).json()["results"]) == count


def test_state_that_is_none_is_refused(desk: Client) -> None:
    response = desk.get(LIST, {"state": "asleep"})
    assert response.status_code == 400
    assert response.json()["errors"][0]["attr"] == "state"


@pytest.mark.parametrize("name", ["county-440606", "township-440606103"])
def test_another_county_finds_nobody_by_any_way(
    cast: Cast, browser_client: Client, known: Volunteer, name: str
) -> None:
    client = log_in(browser_client, cast.actor(name))
    for query in ({}, {"q": "刘霞明"}, {"q": PHONE}, {"q": NUMBER}, {"q": known.number}):
        assert client.get(LIST, query).json()["results"] == []
    assert client.get(f"{LIST}{known.pk}/").status_code == 404
    assert client.get(LIST, {"committee": "441802103"}).status_code == 404


def test_api_needs_a_login_and_a_right(cast: Cast, browser_client: Client) -> None:
    assert browser_client.get(LIST).status_code == 401
    assert log_in(browser_client, cast.person).get(LIST).status_code == 403


def test_nothing_is_written_here(desk: Client, known: Volunteer) -> None:
    assert desk.post(LIST, {}).status_code == 405
    assert desk.delete(reverse("api:volunteer-detail", args=[known.pk])).status_code == 405
