"""Who opens what is not theirs is told whose it is, and how to get there."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from organizations.accounts.models import User
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory

pytestmark = pytest.mark.django_db


def test_member_on_a_volunteers_page_is_told_whose_it_is(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    answer = client.get("/own/calls/")
    page = answer.content.decode()
    assert answer.status_code == 403
    assert "清城区" in page
    assert "本人" in page
    assert 'name="membership"' not in page, "nothing to change to"


def test_member_who_volunteers_changes_over_from_there(cast: Cast, client: Client) -> None:
    with as_owner():
        User.objects.filter(pk=cast.county_441802.scope.user or 0).update(
            volunteer_id=VolunteerFactory(committee=cast.committee("441802009")).pk
        )
    log_in(client, cast.county_441802)
    page = client.get("/own/calls/").content.decode()
    assert 'name="membership" value="volunteer"' in page.replace("\n", " ")
    client.post(reverse("accounts:membership-switch"), {"membership": "volunteer"})
    assert client.get("/own/calls/").status_code == 200
