"""The pages of feedback."""

from __future__ import annotations

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.feedback.test_domain import ended
from tests.volunteers.signups.arranging import another
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def test_both_sides_say_it_with_one_tap(cast: Cast, client: Client) -> None:
    shift = ended(cast, cast.person)
    with as_owner():
        signup = SignUp.objects.get()
    own = reverse("feedback:own-feedback", args=[signup.pk])
    rating = reverse("feedback:volunteer-feedback", args=[signup.pk])
    heard = reverse("feedback:activity-feedback", args=[shift.activity_id])
    log_in(client, cast.person)
    assert 'name="grade"' in client.get(own).content.decode()
    assert client.post(own, {"line": "没说好坏"}).status_code == 422
    assert client.post(own, {"grade": "poor", "line": "等太久"}).status_code == 302
    assert "等太久" in client.get(own).content.decode()
    log_in(client, cast.recorder_441802)
    page = client.get(heard)
    assert page.context["heard"].answered == 1
    assert "等太久" not in page.content.decode()
    assert client.post(rating, {"grade": "good", "line": "认真"})["Location"] == heard
    assert "认真" in client.get(heard).content.decode()
    log_in(client, cast.person)
    assert "认真" in client.get(own).content.decode()
    log_in(client, another(cast))
    assert client.get(own).status_code == 404
    log_in(client, cast.county_440606)
    assert client.get(heard).status_code == 404
    assert client.get(rating).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    shift = ended(cast, *(another(cast) for _number in range(count)))
    log_in(client, cast.recorder_441802)
    page = reverse("feedback:activity-feedback", args=[shift.activity_id])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(page).context["rows"]) == count
    assert len(queries) == 10
