"""Committees through the API."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from core.tenancy.scope import acting_as
from organizations.committees.models import Committee
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories.committees import add_committee

LIST = "/api/v1/committees/"
Counted = Callable[[int], AbstractContextManager[object]]


def codes(client: Client, query: str = "") -> list[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200, response.content
    return [row["code"] for row in response.json()["results"]]


def test_list_holds_the_own_committee_and_what_is_below(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    assert codes(client) == ["441802", "441802009", "441802103"]


def test_row_names_the_parent_by_code(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    first = client.get(LIST).json()["results"][0]
    assert {name: first[name] for name in ("code", "name", "level", "parent", "full_name")} == {
        "code": "441802",
        "name": "清城区",
        "level": "county",
        "parent": "4418",
        "full_name": "清远市 / 清城区",
    }


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("?q=源潭", ["441802103"]),
        ("?q=yt", ["441802103"]),
        ("?level=city", ["4406", "4418", "4419"]),
        ("?parent=4418", ["441802", "441881"]),
        ("?q=无此地", []),
    ],
)
def test_list_is_narrowed(cast: Cast, client: Client, query: str, found: list[str]) -> None:
    log_in(client, cast.province)
    assert codes(client, query) == found


def test_list_pages_by_cursor(cast: Cast, client: Client) -> None:
    log_in(client, cast.province)
    seen: list[str] = []
    address: str | None = LIST + "?page_size=5"
    while address:
        page = client.get(address).json()
        assert set(page) == {"next", "previous", "results"}
        seen += [row["code"] for row in page["results"]]
        address = page["next"]
    assert sorted(seen) == sorted(cast.committees)
    assert len(seen) == len(cast.committees)


@pytest.mark.parametrize("extra", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(
    cast: Cast, client: Client, extra: int, django_assert_num_queries: Counted
) -> None:
    with as_owner():
        for number in range(extra):
            add_committee(
                code=f"44180290{number}",
                name=f"新镇{number}",
                level="township",
                parent=cast.committee("441802"),
            )
    log_in(client, cast.county_441802)
    client.get(LIST)  # The first request of a session writes it.
    with django_assert_num_queries(7):
        assert len(codes(client)) == 3 + extra


def test_closed_committee_is_answered_alone_but_not_listed(cast: Cast, client: Client) -> None:
    with as_owner():
        Committee.objects.filter(code="441802103").update(closed_on="2024-01-01")
    log_in(client, cast.county_441802)
    assert "441802103" not in codes(client)
    assert client.get(LIST + "441802103/").json()["closed_on"] == "2024-01-01"


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("441802", 200),
        ("441802009", 200),
        ("4418", 404),
        ("44", 404),
        ("440606", 404),
        ("999999", 404),
    ],
)
def test_what_lies_outside_is_not_found(cast: Cast, client: Client, code: str, status: int) -> None:
    log_in(client, cast.county_441802)
    assert client.get(f"{LIST}{code}/").status_code == status


def test_ancestor_would_leak_without_the_filter(cast: Cast) -> None:
    """The control: policies let a county see the names above it, which alone would be a 200."""
    with acting_as(cast.county_441802.scope):
        assert Committee.objects.filter(code="44").exists()


@pytest.mark.parametrize("address", [LIST, f"{LIST}441802/"])
def test_nobody_is_answered_without_a_login(cast: Cast, client: Client, address: str) -> None:
    response = client.get(address)
    assert response.status_code == 401
    assert response.headers["WWW-Authenticate"].startswith("Token")
    assert response.json()["errors"][0]["code"] == "not_authenticated"


def test_volunteer_has_no_business_with_the_tree(cast: Cast, client: Client) -> None:
    log_in(client, cast.person)
    assert client.get(LIST).status_code == 403


def test_odd_filters_are_bad_requests(cast: Cast, client: Client) -> None:
    log_in(client, cast.province)
    assert client.get(LIST + "?level=village").status_code == 400
    assert client.get(LIST + "?q=%00").status_code == 400
    assert client.get(LIST + "%00/").status_code == 404
