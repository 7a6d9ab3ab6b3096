"""Pages of the ledger."""

from __future__ import annotations

import re
from collections.abc import Callable
from contextlib import AbstractContextManager
from datetime import date

import pytest
from django.test import Client

from organizations.ledger.models import Organization
from organizations.ledger.views import lists
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import OrganizationFactory

Counted = Callable[[int], AbstractContextManager[object]]
LIST = "/organizations/"


@pytest.fixture
def organizations(cast: Cast) -> dict[str, Organization]:
    """One of each kind of place and standing."""
    with as_owner():
        return {
            "open": OrganizationFactory(committee=cast.committee("441802"), name="清城协会"),
            "standardised": OrganizationFactory(
                committee=cast.committee("441802"),
                name="清城联合会",
                kind="federation",
                standardised_on=date(2021, 4, 1),
            ),
            "lost": OrganizationFactory(
                committee=cast.committee("441802"),
                name="清城服务队",
                kind="team",
                standardised_on=date(2021, 4, 1),
                standardised_until=date(2022, 1, 1),
            ),
            "closed": OrganizationFactory(
                committee=cast.committee("441802"), name="清城旧会", closed_on=date(2024, 1, 1)
            ),
            "foreign": OrganizationFactory(committee=cast.committee("440606"), name="顺德协会"),
        }


def rows_of(client: Client, query: str = "") -> set[str]:
    response = client.get(LIST + query)
    assert response.status_code == 200
    cells = re.findall(r'<th scope="row".*?</th>', response.content.decode(), re.DOTALL)
    return {re.sub(r"<[^>]+>|\s", "", cell) for cell in cells}


@pytest.mark.usefixtures("organizations")
@pytest.mark.parametrize(
    ("query", "names"),
    [
        ("", {"清城协会", "清城联合会", "清城服务队"}),
        ("?kind=federation", {"清城联合会"}),
        ("?show=standardised", {"清城联合会"}),
        ("?show=open", {"清城协会", "清城服务队"}),
        ("?show=closed", {"清城旧会"}),
        ("?show=without", {"清远市/英德市"}),
        ("?committee=441881", set()),
        ("?committee=440606", {"清城协会", "清城联合会", "清城服务队"}),
        ("?show=nonsense", {"清城协会", "清城联合会", "清城服务队"}),
    ],
)
def test_list_is_narrowed(cast: Cast, client: Client, query: str, names: set[str]) -> None:
    log_in(client, cast.city_4418)
    assert rows_of(client, query) == names


@pytest.mark.usefixtures("organizations")
def test_figures_stand_above_the_list(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    page = client.get(LIST).content.decode()
    assert "1/2" in page
    assert "50.0" in page


def test_city_without_counties_shows_no_rate(cast: Cast, client: Client) -> None:
    log_in(client, cast.province)
    assert client.get(LIST + "?committee=4419").status_code == 200


@pytest.mark.parametrize("rows", [1, 3])
def test_list_takes_the_same_queries_for_any_number_of_rows(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: Counted
) -> None:
    with as_owner():
        OrganizationFactory.create_batch(rows, committee=cast.committee("441802"))
    log_in(client, cast.county_441802)
    client.get(LIST)
    with django_assert_num_queries(11):
        assert client.get(LIST).status_code == 200


def test_list_pages_in_the_order_of_the_tree(
    cast: Cast, client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(lists, "PAGE_ROWS", 2)
    with as_owner():
        for code in ("441881", "441802", "440606", "441802", "44"):
            OrganizationFactory(committee=cast.committee(code))
    log_in(client, cast.province)
    seen: list[str] = []
    address = LIST
    while address:
        page = client.get(address, headers={"HX-Request": "true"}).content.decode()
        seen += re.findall(r'href="/organizations/(\d+)/"', page)
        more = re.search(r'href="(/organizations/\?after=[^"]+)"', page)
        address = more[1] if more else ""
    with as_owner():
        paths = [Organization.objects.get(pk=pk).committee_id for pk in seen]
    assert len(seen) == len(set(seen)) == 5
    assert paths == sorted(paths)


@pytest.mark.parametrize("after", ["x", ".", "0001.", "0001.x", "%00.1", "0001." + "9" * 40])
def test_odd_position_begins_at_the_first(cast: Cast, client: Client, after: str) -> None:
    log_in(client, cast.province)
    assert client.get(f"{LIST}?after={after}").status_code == 200


CELLS = [
    ("", {"secretary": 200, "recorder": 200, "auditor": 200, "other": 404, "volunteer": 403}),
    ("edit/", {"secretary": 200, "recorder": 403, "auditor": 403, "other": 404, "volunteer": 403}),
    ("standard/", {"secretary": 200, "recorder": 403, "other": 404}),
    ("no-standard/", {"secretary": 200, "recorder": 403, "other": 404}),
    ("close/", {"secretary": 200, "recorder": 403, "other": 404}),
]
ROLES = {
    "secretary": "county-441802",
    "recorder": "county-441802-recorder",
    "auditor": "province-auditor",
    "other": "county-440606",
    "volunteer": "volunteer",
}


@pytest.mark.parametrize(
    ("page", "role", "status"),
    [(page, role, status) for page, cells in CELLS for role, status in cells.items()],
)
def test_each_role_gets_the_right_status(
    cast: Cast,
    client: Client,
    organizations: dict[str, Organization],
    page: str,
    role: str,
    status: int,
) -> None:
    log_in(client, cast.actor(ROLES[role]))
    address = f"{LIST}{organizations['open'].pk}/{page}"
    assert client.get(address).status_code == status
    if page:
        assert client.post(address, {"on": "soon"}).status_code == (
            422 if status == 200 else status
        )


FACTS = {
    "committee": "441802",
    "name": "清城区青年志愿者协会",
    "kind": "association",
    "founded_on": "2015-03-05",
    "registered_with_civil_affairs": "yes",
    "responsible_person": "",
    "reported_volunteers": "120",
    "notes": "",
}


def test_officer_enters_an_organisation(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    assert client.get(f"{LIST}new/?committee=441802").status_code == 200
    response = client.post(f"{LIST}new/", FACTS)
    assert response.status_code == 302
    with as_owner():
        made = Organization.objects.get()
    assert response.headers["Location"] == f"{LIST}{made.pk}/"
    assert (made.committee_id, made.registered_with_civil_affairs) == (
        cast.committee("441802").path,
        True,
    )


@pytest.mark.parametrize(
    "fields",
    [
        {"committee": "440606"},
        {"committee": ""},
        {"name": ""},
        {"name": "清城协会"},
        {"kind": "club"},
        {"founded_on": "2999-01-01"},
        {"reported_volunteers": "-1"},
    ],
)
def test_faulty_entry_keeps_what_was_typed(
    cast: Cast,
    client: Client,
    organizations: dict[str, Organization],
    fields: dict[str, str],
) -> None:
    log_in(client, cast.city_4418)
    response = client.post(f"{LIST}new/", {**FACTS, **fields})
    assert response.status_code == 422
    with as_owner():
        assert Organization.objects.count() == len(organizations)


def test_recorder_enters_nothing(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    assert client.get(f"{LIST}new/").status_code == 403
    assert client.post(f"{LIST}new/", FACTS).status_code == 403


def test_organisation_is_corrected_standardised_and_closed(
    cast: Cast, client: Client, organizations: dict[str, Organization]
) -> None:
    log_in(client, cast.county_441802)
    made = organizations["open"]
    address = f"{LIST}{made.pk}/"
    facts = {**FACTS, "registered_with_civil_affairs": "no", "notes": "两行\n说明"}
    assert client.post(f"{address}edit/", facts).status_code == 302
    assert client.post(f"{address}standard/", {"on": "2021-04-01"}).status_code == 302
    assert client.post(f"{address}no-standard/", {"on": "2022-04-01"}).status_code == 302
    assert client.post(f"{address}close/", {"on": "2023-04-01"}).status_code == 302
    with as_owner():
        made.refresh_from_db()
    assert (made.name, made.registered_with_civil_affairs) == (FACTS["name"], False)
    assert (made.standardised_on, made.standardised_until, made.closed_on) == (
        date(2021, 4, 1),
        date(2022, 4, 1),
        date(2023, 4, 1),
    )
    assert client.post(f"{address}close/", {"on": "2023-05-01"}).status_code == 422
    assert "2023-04-01" in client.get(address).content.decode()
