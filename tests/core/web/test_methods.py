"""What somebody sees who types an address that only takes posts."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in


@pytest.mark.parametrize("headers", [{}, {"HX-Request": "true"}])
def test_address_for_posts_answers_a_visit_with_a_page(
    cast: Cast, client: Client, headers: dict[str, str]
) -> None:
    log_in(client, cast.county_441802)
    answer = client.get(reverse("hours:records-confirm"), headers=headers)
    assert (answer.status_code, answer.headers["Allow"]) == (405, "POST")
    page = answer.content.decode()
    assert "这个网址不能直接打开" in page
    assert 'href="/"' in page


def test_programs_keep_the_answer_of_the_api(cast: Cast, client: Client) -> None:
    answer = client.delete("/api/v1/committees/")
    assert answer.headers["Content-Type"].startswith("application/json")
