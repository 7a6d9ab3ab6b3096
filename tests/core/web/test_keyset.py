"""Keyset pages: every row once, in order, with the filters kept."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import RequestFactory
from django.test.utils import CaptureQueriesContext

from core.tenancy.scope import acting_as
from core.web.addresses import address_with
from core.web.keyset import capped_count, id_from, is_next_page, list_count, page_of
from organizations.accounts.models import User
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory
from volunteers.registry.models import Volunteer

ASK = RequestFactory()


@pytest.mark.parametrize("count", [0, 1, 2, 3, 4, 5])
def test_pages_hold_every_row_once_newest_first(db: None, count: int) -> None:
    with as_owner():
        made = [UserFactory().pk for _ in range(count)]
        address, seen, pages = "/people/?q=a&q=b", [], 0
        while address:
            page = page_of(User.objects.all(), ASK.get(address), size=2)
            seen += [row.pk for row in page.rows]
            address, pages = page.next_url, pages + 1
            assert not address or address.startswith("/people/?q=a&q=b&before=")
    assert seen == made[::-1]
    assert pages == max(1, (count + 1) // 2)


def test_page_is_one_query_without_an_offset(db: None) -> None:
    with as_owner(), CaptureQueriesContext(connection) as asked:
        page_of(User.objects.all(), ASK.get("/people/?before=7"))
    queries = [query["sql"] for query in asked if "organizations_user" in query["sql"]]
    assert len(queries) == 1
    assert "OFFSET" not in queries[0]


@pytest.mark.parametrize("text", ["", "x", "-1", "1.5", "９", "9" * 19, None])
def test_position_that_makes_no_sense_is_none(text: str | None) -> None:
    assert id_from(text) is None


def test_count_stops_at_the_cap(db: None) -> None:
    with as_owner():
        for _ in range(4):
            UserFactory()
        counts = [capped_count(User.objects.order_by("name"), cap=cap) for cap in (2, 3, 4, 5)]
    assert counts == [3, 4, 4, 4]


def test_that_there_are_more_is_remembered_for_the_scope_alone(cast: Cast) -> None:
    with as_owner():
        made = [VolunteerFactory(committee=cast.county_441802.committee) for _ in range(3)]
    everybody = Volunteer.objects.all()
    with acting_as(cast.county_441802.scope):
        assert [list_count(everybody, cap=cap) for cap in (2, 3, 9)] == [3, 4, 4]
    with as_owner():
        Volunteer.objects.filter(pk__in=[each.pk for each in made[1:]]).delete()
    with acting_as(cast.county_441802.scope):
        assert [list_count(everybody, cap=cap) for cap in (2, 3, 9)] == [3, 4, 2]
    with acting_as(cast.county_440606.scope):
        assert [list_count(everybody, cap=cap) for cap in (2, 3, 9)] == [0, 0, 0]


def test_count_of_a_list_that_asks_for_nothing_is_none(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        assert list_count(Volunteer.objects.none()) == 0


def test_only_htmx_asks_for_rows_alone() -> None:
    htmx = {"HX-Request": "true"}
    assert is_next_page(ASK.get("/people/?before=7", headers=htmx))
    assert not is_next_page(ASK.get("/people/?before=7"))
    assert not is_next_page(ASK.get("/people/", headers=htmx))


@pytest.mark.parametrize("place", ["before", "after"])
def test_other_filter_begins_at_the_first_row_again(place: str) -> None:
    request = ASK.get(f"/people/?state=active&{place}=7&q=a")
    assert address_with(request, state="paused") == "/people/?q=a&state=paused"
    assert address_with(request, state="", q="") == "/people/"
