"""The offline page: drawn without data, and a roster for who may open the door."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from organizations.accounts.scopes import token_digest
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.checkins.models import DoorDevice
from volunteers.checkins.summary.codes import signup_of_code
from volunteers.signups.domain import sign_up, withdraw

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """The cast's volunteer has a place, another has given one up."""
    made = call(cast, places=2)
    gone = another(cast)
    for actor in (cast.person, gone):
        with acting_as(actor.scope):
            signup = sign_up(made, actor=actor)
            if actor is gone:
                withdraw(signup, actor=actor)
    return made


def test_page_holds_nobodys_data(cast: Cast, client: Client, shift: Shift) -> None:
    log_in(client, cast.recorder_441802)
    page = client.get(reverse("checkins:offline-detail", args=[shift.pk])).content.decode()
    assert cast.volunteer.name not in page
    assert cast.volunteer.number not in page


def test_roster_names_who_has_a_place_and_brings_a_token(
    cast: Cast, client: Client, shift: Shift
) -> None:
    log_in(client, cast.recorder_441802)
    answer = client.post(reverse("checkins:offline-roster", args=[shift.pk]))
    roster = answer.json()
    (person,) = roster["people"]
    assert person["name"] == cast.volunteer.name
    assert person["number"] == cast.volunteer.number
    assert person["tail"] == cast.volunteer.phone_mask[-4:]
    assert signup_of_code(person["code"]) is not None
    assert "no-store" in answer["Cache-Control"]
    with as_owner():
        assert bytes(DoorDevice.objects.get().digest) == token_digest(roster["token"])


def test_roster_is_nobody_elses(cast: Cast, client: Client, shift: Shift) -> None:
    address = reverse("checkins:offline-roster", args=[shift.pk])
    log_in(client, cast.county_440606)
    assert client.post(address).status_code == 404
    log_in(client, cast.province_auditor)
    assert client.post(address).status_code == 403


def test_draft_gives_no_roster(cast: Cast, client: Client) -> None:
    draft = call(cast, state="draft", reviewed_at=None)
    log_in(client, cast.recorder_441802)
    answer = client.post(reverse("checkins:offline-roster", args=[draft.pk]))
    assert answer.status_code == 409


def test_worker_comes_from_above_its_pages(client: Client, shift: Shift) -> None:
    answer = client.get(reverse("checkins:offline-worker"))
    assert answer["Content-Type"] == "text/javascript"
    assert b"addEventListener" in answer.content
    manifest = client.get(reverse("checkins:offline-manifest", args=[shift.pk])).json()
    assert manifest["start_url"].startswith(manifest["scope"])
