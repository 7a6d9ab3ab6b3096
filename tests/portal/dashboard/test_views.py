"""The dashboard of every level, from the same code."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import OrganizationFactory, ServiceRecordFactory, VolunteerFactory
from tests.factories.committees import add_committee
from volunteers.totals.domain import recount_dirty_months

MONTH = "?month=2026-05"
DASHBOARD_QUERIES = 10


@pytest.fixture
def lively(cast: Cast) -> Cast:
    """One of three counties standardised, another established; hours in two cities."""
    with as_owner():
        OrganizationFactory(committee=cast.committee("441802"), standardised_on=date(2021, 4, 1))
        OrganizationFactory(committee=cast.committee("440606"))
        foreign = VolunteerFactory(committee=cast.committee("440606103"))
        bridge = VolunteerFactory(committee=cast.committee("441900101"))
        for volunteer, minutes in ((cast.volunteer, 90), (foreign, 600), (bridge, 60)):
            ServiceRecordFactory(volunteer=volunteer, served_on=date(2026, 5, 3), minutes=minutes)
    recount_dirty_months()
    return cast


def _open(
    cast: Cast, client: Client, username: str, code: str, query: str = MONTH
) -> tuple[int, str]:
    response = log_in(client, cast.actor(username)).get(f"/dashboard/{code}/{query}")
    return response.status_code, response.content.decode()


def test_province_sees_rates_with_numerator_and_denominator(lively: Cast, client: Client) -> None:
    status, page = _open(lively, client, "province", "44")
    assert status == 200
    assert "66.7" in page
    assert "2/3" in page
    assert "33.3" in page
    assert "1/3" in page
    assert "12.5" in page  # hours of May in all three cities


def test_province_drills_down_to_cities(lively: Cast, client: Client) -> None:
    _, page = _open(lively, client, "province", "44")
    assert "/dashboard/4418/?month=2026-05" in page


def test_city_without_counties_shows_townships(lively: Cast, client: Client) -> None:
    status, page = _open(lively, client, "province", "4419")
    assert status == 200
    assert "石碣镇" in page
    assert "84/122" not in page
    assert page.split("figures")[1].split("dashboard")[0].count("%") == 1, "of what is on time"


@pytest.mark.parametrize("code", ["440606", "44", "4418", "999999"])
def test_county_sees_no_dashboard_but_its_own(lively: Cast, client: Client, code: str) -> None:
    assert _open(lively, client, "county-441802", code)[0] == 404


def test_county_sees_its_townships_and_hours(lively: Cast, client: Client) -> None:
    status, page = _open(lively, client, "county-441802", "441802")
    assert status == 200
    assert "横荷街道" in page
    assert "1.5" in page
    assert "北滘镇" not in page


def test_dashboard_is_not_for_volunteers(lively: Cast, client: Client) -> None:
    assert _open(lively, client, "volunteer", "441802")[0] == 403


def test_own_dashboard_leads_to_the_committee_one_acts_for(lively: Cast, client: Client) -> None:
    response = log_in(client, lively.city_4418).get("/dashboard/")
    assert response.status_code == 302
    assert response["Location"].startswith("/dashboard/4418/")


def test_wall_shows_the_same_figures_without_the_menu(lively: Cast, client: Client) -> None:
    status, page = _open(lively, client, "province", "44", MONTH + "&wall=1")
    assert status == 200
    assert "66.7" in page
    assert "data-wall-clock" in page
    assert "<nav" not in page


@pytest.mark.parametrize("query", ["?month=2026-99&on=yesterday", "?month=", ""])
def test_mangled_address_opens_the_current_month(lively: Cast, client: Client, query: str) -> None:
    assert _open(lively, client, "province", "44", query)[0] == 200


def test_earlier_day_gives_that_days_coverage(lively: Cast, client: Client) -> None:
    _, page = _open(lively, client, "province", "44", MONTH + "&on=2015-01-01")
    assert "0/3" in page


@pytest.mark.parametrize("below", [1, 3])
def test_dashboard_asks_a_fixed_number_of_queries(
    lively: Cast, client: Client, below: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    with as_owner():
        for number in range(below):
            add_committee(
                code=f"44180277{number}",
                name=f"新设街道{number}",
                level="township",
                parent=lively.committee("441802"),
            )
    log_in(client, lively.county_441802)
    client.get(f"/dashboard/441802/{MONTH}")
    with django_assert_num_queries(DASHBOARD_QUERIES):
        assert client.get(f"/dashboard/441802/{MONTH}").status_code == 200
