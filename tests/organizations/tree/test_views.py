"""Pages of the tree."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.test import Client

from organizations.accounts.actors import actor_of_membership
from organizations.committees.models import Committee
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MembershipFactory, UserFactory
from tests.factories.committees import add_committee

Counted = Callable[[int], AbstractContextManager[object]]


@pytest.fixture
def secretary(cast: Cast, client: Client) -> Client:
    """The city's secretary, signed in."""
    with as_owner():
        membership = MembershipFactory(
            user=UserFactory(), committee=cast.committee("4418"), role="secretary"
        )
    return log_in(client, actor_of_membership(membership))


def text_of(client: Client, address: str) -> str:
    response = client.get(address)
    assert response.status_code == 200
    return response.content.decode()


def test_tree_begins_at_the_own_committee(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    page = text_of(client, "/committees/")
    assert "清远市" in page
    assert "英德市" in page
    assert "顺德区" not in page
    assert "横荷街道" not in page, "two tiers down comes when it is unfolded"
    assert "/committees/441802/children/" in page
    assert "/committees/441881/children/" not in page, "nothing is below it"


def test_branch_is_unfolded_on_its_own(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    part = text_of(client, "/committees/441802/children/")
    assert "横荷街道" in part
    assert "<html" not in part


@pytest.mark.parametrize("typed", ["横荷", "hhjd", "441802009", "清城 横荷"])
def test_search_shows_the_full_path(cast: Cast, client: Client, typed: str) -> None:
    log_in(client, cast.city_4418)
    assert "清远市 / 清城区 / 横荷街道" in text_of(client, f"/committees/?q={typed}")


def test_search_finds_nothing_elsewhere(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    for typed in ("顺德", "440606", "广东"):
        assert client.get("/committees/search/", {"q": typed}).json() == {"results": []}
    log_in(client, cast.province)
    found = client.get("/committees/search/", {"q": "顺德"}).json()["results"]
    assert found == [{"value": "440606", "text": "顺德区", "detail": "佛山市 / 顺德区"}]


@pytest.mark.parametrize("typed", ["", "%00", "%", " / ", "a" * 200])
def test_odd_searches_do_no_harm(cast: Cast, client: Client, typed: str) -> None:
    log_in(client, cast.city_4418)
    assert client.get(f"/committees/?q={typed}").status_code == 200
    assert client.get("/committees/search/", {"q": typed}).json() == {"results": []}


CELLS = {
    "county-441802": {"441802": 200, "441802009": 200, "4418": 404, "44": 404, "440606": 404},
    "county-441802-recorder": {"441802": 200, "440606": 404},
    "province-auditor": {"44": 200, "440606": 200},
    "volunteer": {"441802": 403, "nowhere": 403},
}
PAGES = ("", "children/")
CHANGES = ("open/", "rename/", "close/")


@pytest.mark.parametrize(
    ("who", "code", "status"),
    [(who, code, status) for who, cells in CELLS.items() for code, status in cells.items()],
)
def test_each_sees_the_own_subtree(
    cast: Cast, client: Client, who: str, code: str, status: int
) -> None:
    log_in(client, cast.actor(who))
    for page in PAGES:
        assert client.get(f"/committees/{code}/{page}").status_code == status


@pytest.mark.parametrize("page", CHANGES)
@pytest.mark.parametrize(
    ("who", "code", "status"),
    [
        ("county-441802", "441802009", 200),
        ("county-441802", "440606", 404),
        ("county-441802", "4418", 404),
        ("county-441802-recorder", "441802009", 403),
        ("city-4418", "441802", 403),
        ("province-auditor", "441802", 403),
        ("volunteer", "441802", 403),
    ],
)
def test_only_secretaries_change_the_tree(
    cast: Cast, client: Client, page: str, who: str, code: str, status: int
) -> None:
    log_in(client, cast.actor(who))
    address = f"/committees/{code}/{page}"
    assert client.get(address).status_code == status
    posted = client.post(address).status_code
    assert posted == (422 if status == 200 else status), "an empty form says what is missing"


def test_secretary_opens_renames_and_closes(cast: Cast, secretary: Client) -> None:
    opened = secretary.post(
        "/committees/4418/open/", {"name": "职业学院", "kind": "campus", "on": "2026-05-01"}
    )
    assert opened.headers["Location"] == "/committees/4418C01/"
    renamed = secretary.post("/committees/4418C01/rename/", {"name": "职业技术学院"})
    assert renamed.status_code == 302
    assert "职业技术学院" in text_of(secretary, "/committees/4418C01/")
    closed = secretary.post("/committees/4418C01/close/", {"on": "2026-06-01", "successor": ""})
    assert closed.status_code == 302
    page = text_of(secretary, "/committees/4418C01/")
    assert "2026-06-01" in page
    assert "/rename/" not in page
    assert "职业技术学院" not in text_of(secretary, "/committees/")


def test_refusal_stands_beside_what_was_typed(cast: Cast, secretary: Client) -> None:
    response = secretary.post(
        "/committees/4418/open/", {"name": "英德市", "kind": "zone", "on": "2026-05-01"}
    )
    assert response.status_code == 422
    page = response.content.decode()
    assert "已有同名团委" in page or "There is a committee of this name already." in page
    assert 'value="英德市"' in page
    with as_owner():
        assert Committee.objects.filter(name="英德市").count() == 1


@pytest.mark.parametrize("extra", [1, 3])
def test_tree_takes_the_same_queries_for_any_number_of_branches(
    cast: Cast, client: Client, extra: int, django_assert_num_queries: Counted
) -> None:
    with as_owner():
        for number in range(extra):
            add_committee(
                code=f"44189{number}", name=f"新区{number}", level="county",
                parent=cast.committee("4418"),
            )  # fmt: skip
    log_in(client, cast.city_4418)
    client.get("/committees/")
    with django_assert_num_queries(8):
        assert client.get("/committees/").status_code == 200
