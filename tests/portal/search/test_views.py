"""The header's search."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory


@pytest.fixture
def desk(cast: Cast, browser_client: Client) -> Client:
    return log_in(browser_client, cast.county_441802)


def page(client: Client, words: str) -> str:
    response = client.get(reverse("portal:search"), {"q": words})
    assert response.status_code == 200
    return response.content.decode()


def test_search_finds_people_and_committees(cast: Cast, desk: Client) -> None:
    with as_owner():
        person = VolunteerFactory(committee=cast.committee("441802103"), name="源小米")
    text = page(desk, "源")
    assert reverse("registry:volunteer-detail", args=[person.number]) in text
    assert "committee=441802103" in text


def test_search_of_another_county_finds_neither(cast: Cast, browser_client: Client) -> None:
    with as_owner():
        person = VolunteerFactory(committee=cast.committee("441802103"), name="源小米")
    client = log_in(browser_client, cast.county_440606)
    for words in ("源", "yuan", "441802", person.number):
        text = page(client, words)
        assert person.name not in text
        assert "committee=441802" not in text


def test_search_leads_on_to_the_list_where_there_are_more(cast: Cast, desk: Client) -> None:
    with as_owner():
        VolunteerFactory.create_batch(21, committee=cast.committee("441802103"), name="李四")
    text = page(desk, "李四")
    assert text.count("李四</span>") == 20
    assert f"{reverse('registry:volunteer-list')}?q=%E6%9D%8E%E5%9B%9B" in text


@pytest.mark.parametrize("words", ["", "  ", "\0", "无人", "x" * 500])
def test_search_without_a_result_says_how_to_search(desk: Client, words: str) -> None:
    assert "从开头匹配" in page(desk, words)
