"""The list of volunteers, and choosing one of them."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory
from tests.volunteers.registry.desk import (
    at,
    text,
)
from volunteers.registry.models import Volunteer


@pytest.mark.parametrize("count", [1, 3])
def test_list_asks_as_much_for_one_row_as_for_three(cast: Cast, desk: Client, count: int) -> None:
    with as_owner():
        VolunteerFactory.create_batch(count - 1, committee=cast.committee("441802103"))
    with CaptureQueriesContext(connection) as asked:
        response = desk.get(reverse("registry:volunteer-list"))
    assert text(response).count('<th scope="row"') == count
    queries = [query["sql"] for query in asked if "volunteers_" in query["sql"]]
    # The rows with their committees, the skills to choose from, the count.
    assert len(queries) == 5
    assert len([query for query in asked if "organizations_committee" in query["sql"]]) == 3


def test_list_goes_on_below_the_last_row_with_the_same_filters(cast: Cast, desk: Client) -> None:
    with as_owner():
        # The oldest would stand on the second page, the newest on the first.
        VolunteerFactory(committee=cast.committee("441802103"), name="没有专长")
        people = VolunteerFactory.create_batch(
            52, committee=cast.committee("441802103"), skills=["急救"]
        )
        VolunteerFactory(committee=cast.committee("441802103"), name="没有专长")
    address = reverse("registry:volunteer-list")
    first = text(desk.get(address, {"skill": "急救"}))
    assert first.count('<th scope="row"') == 50
    assert f"before={people[2].pk}" in first
    more = text(
        desk.get(
            address,
            {"skill": "急救", "before": str(people[2].pk)},
            headers={"HX-Request": "true"},
        )
    )
    assert [each.number in more for each in people[:3]] == [True, True, False]
    assert "没有专长" not in first + more
    assert "<html" not in more


@pytest.mark.parametrize(
    ("query", "seen"),
    [
        ({}, ["刘霞明", "远方"]),
        ({"committee": "441802103"}, ["远方"]),
        ({"age": "18-35"}, ["刘霞明"]),
        ({"age": "60-"}, ["远方"]),
        ({"state": "paused"}, ["远方"]),
        ({"skill": "急救"}, ["刘霞明"]),
        ({"q": "lxm"}, ["刘霞明"]),
        ({"q": "lxm", "state": "paused"}, []),
        ({"age": "nonsense", "state": "nonsense", "before": "nonsense"}, ["刘霞明", "远方"]),
    ],
    ids=str,
)
def test_filters_narrow_together(
    cast: Cast, desk: Client, known: Volunteer, query: dict[str, str], seen: list[str]
) -> None:
    with as_owner():
        VolunteerFactory(
            committee=cast.committee("441802103"),
            name="远方",
            birth_date="1960-01-01",
            state="paused",
        )
    page = text(desk.get(reverse("registry:volunteer-list"), query))
    assert [name for name in ("刘霞明", "远方") if f">{name}</a>" in page] == seen


def test_province_reads_the_whole_way_to_a_township(
    cast: Cast, browser_client: Client, known: Volunteer
) -> None:
    client = log_in(browser_client, cast.province)
    assert "清远市 / 清城区 / 横荷街道" in text(client.get(reverse("registry:volunteer-list")))


def test_empty_list_leads_to_the_form_and_to_the_import(cast: Cast, browser_client: Client) -> None:
    page = text(log_in(browser_client, cast.county_440606).get(reverse("registry:volunteer-list")))
    assert "顺德区还没有登记志愿者" in page
    assert reverse("registry:volunteer-create") in page
    assert f"{reverse('imports:run-create')}?kind=volunteers" in page


def test_auditor_is_offered_nothing_to_change(
    cast: Cast, browser_client: Client, known: Volunteer
) -> None:
    client = log_in(browser_client, cast.province_auditor)
    page = text(client.get(reverse("registry:volunteer-list")))
    assert reverse("registry:volunteer-create") not in page
    page = text(client.get(at("volunteer-detail", known)))
    assert "谁看过号码" in page
    assert "data-opens" not in page
    assert at("volunteer-edit", known) not in page


def test_committee_elsewhere_is_not_found(desk: Client) -> None:
    response = desk.get(reverse("registry:volunteer-list"), {"committee": "440606"})
    assert response.status_code == 404


def test_lookup_offers_people_to_choose_and_nobody_who_left(cast: Cast, desk: Client) -> None:
    with as_owner():
        VolunteerFactory(committee=cast.committee("441802009"), name="张伟明")
        one = VolunteerFactory(
            committee=cast.committee("441802103"), name="张伟", phone_mask="199****0001"
        )
        VolunteerFactory(committee=cast.committee("441802103"), name="张伟", state="withdrawn")
    address = reverse("registry:volunteer-lookup")
    results = desk.get(address, {"q": "zhangw"}).json()["results"]
    assert [result["text"] for result in results] == ["张伟", "张伟明"]
    assert results[0]["value"] == one.number
    assert results[0]["detail"] == "源潭镇 · 1995 · 199****0001"
    assert desk.get(address).json() == {"results": []}
