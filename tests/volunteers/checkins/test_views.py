"""The door on its page, a tablet that stays there, and a volunteer who scans its code."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.checkins.models import CheckIn
from volunteers.checkins.summary.codes import shift_code, signup_code
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(cast: Cast) -> Iterator[Shift]:
    """It has just begun; the cast's volunteer and two others have a place."""
    made = call(cast, places=4)
    for actor in (cast.person, another(cast), another(cast)):
        with acting_as(actor.scope):
            sign_up(made, actor=actor)
    with time_machine.travel(made.starts_at + timedelta(minutes=1)):
        yield made


@pytest.fixture
def signup(shift: Shift, cast: Cast) -> SignUp:
    with as_owner():
        mine = SignUp.objects.select_related("activity", "shift__activity__committee")
        return mine.get(shift=shift, volunteer=cast.volunteer)


def door(shift: Shift) -> str:
    return reverse("checkins:door-detail", args=[shift.pk])


def scans() -> list[tuple[str, str]]:
    with as_owner():
        return list(CheckIn.objects.order_by("pk").values_list("direction", "way"))


def test_volunteer_scans_the_door_with_one_tap(cast: Cast, client: Client, signup: SignUp) -> None:
    log_in(client, cast.person)
    address = reverse(
        "checkins:checkin-create", args=[shift_code(signup.shift_id, at=timezone.now())]
    )
    page = client.get(address)
    assert scans() == [], "looking changes nothing"
    # Signing in took longer than the code lasts; the page knows that it was scanned in time.
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        answer = client.post(address, {"admission": page.context["admission"]}, follow=True)
    assert scans() == [("in", "own_scan")]
    assert signup.activity.title in answer.text
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        late = client.post(address, {"admission": page.context["admission"]})
        assert late.status_code == 422
        assert "再扫一次" in late.text
        fresh = shift_code(signup.shift_id, at=timezone.now())
        assert client.get(reverse("checkins:checkin-create", args=[fresh])).context["leaves"]


def test_what_one_was_admitted_with_admits_nobody_else(cast: Cast, signup: SignUp) -> None:
    friend, shift = another(cast), signup.shift
    with time_machine.travel(shift.starts_at - timedelta(days=1)), acting_as(friend.scope):
        sign_up(shift, actor=friend)
    code = shift_code(shift.pk, at=timezone.now())
    address = reverse("checkins:checkin-create", args=[code])
    given = {"admission": log_in(Client(), cast.person).get(address).context["admission"]}
    other = log_in(Client(), friend)
    with time_machine.travel(timezone.now() + timedelta(minutes=4)):
        assert other.post(address, given).status_code == 422
    assert scans() == []


def test_organiser_scans_a_code_and_the_tablet_takes_digits(
    cast: Cast, client: Client, shift: Shift, signup: SignUp
) -> None:
    log_in(client, cast.recorder_441802)
    code = signup_code(signup.pk)
    answer = client.post(f"{door(shift)}scan/", {"text": code}, follow=True)
    assert signup.volunteer_name in answer.text
    wrong = client.post(f"{door(shift)}scan/", {"text": "0000000"})
    assert wrong.status_code == 422
    assert "0000000" in wrong.text
    client.post(f"{door(shift)}lock/")
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        client.post(f"{door(shift)}scan/", {"text": signup.volunteer_number})
    assert scans() == [("in", "desk_scan"), ("out", "kiosk")]
    with as_owner():
        hands = set(CheckIn.objects.values_list("by", flat=True))
    assert cast.recorder_441802.user is not None
    assert hands == {cast.recorder_441802.user.pk}


def test_locked_tablet_reaches_its_door_alone(cast: Cast, client: Client, shift: Shift) -> None:
    log_in(client, cast.recorder_441802)
    assert client.post(f"{door(shift)}lock/")["Location"] == door(shift)
    for address in ("/", reverse("hours:sheet-list"), reverse("own:home"), "/api/v1/", "/door/1/"):
        answer = client.get(address)
        assert (answer.status_code, answer["Location"]) == (302, door(shift)), address
    assert client.get(door(shift)).status_code == 200
    # A day at the door: nobody is asked to sign in, while the session as a whole still ends.
    with time_machine.travel(timezone.now() + timedelta(hours=5)):
        assert client.get(f"{door(shift)}code/").status_code == 200
    refused = client.post(f"{door(shift)}unlock/", {"password": "not this one"})
    assert refused.status_code == 422
    assert client.get("/")["Location"] == door(shift)
    user = cast.recorder_441802.user
    assert user is not None
    with as_owner():
        user.set_password("right password of the door")
        user.save()
    log_in(client, cast.recorder_441802)
    client.post(f"{door(shift)}lock/")
    answer = client.post(f"{door(shift)}unlock/", {"password": "right password of the door"})
    assert answer["Location"] == reverse(
        "attendance:roll-detail", args=[shift.activity_id, shift.pk]
    )
    assert client.get(reverse("hours:sheet-list")).status_code == 200


def test_fifth_wrong_password_at_the_door_ends_the_session(
    cast: Cast, client: Client, shift: Shift
) -> None:
    log_in(client, cast.recorder_441802)
    client.post(f"{door(shift)}lock/")
    answers = [client.post(f"{door(shift)}unlock/", {"password": "wrong"}) for _n in range(5)]
    assert [answer.status_code for answer in answers] == [422] * 5
    assert client.get(door(shift))["Location"].startswith("/accounts/login/")


def test_code_changes_and_names_no_person(cast: Cast, client: Client, shift: Shift) -> None:
    log_in(client, cast.recorder_441802)
    first = client.get(f"{door(shift)}code/").text
    with time_machine.travel(timezone.now() + timedelta(seconds=31)):
        assert client.get(f"{door(shift)}code/").text != first


@pytest.mark.parametrize("count", [1, 3])
def test_door_costs_the_same_for_more_scans(
    cast: Cast, client: Client, shift: Shift, count: int
) -> None:
    log_in(client, cast.recorder_441802)
    with as_owner():
        signups = list(SignUp.objects.filter(shift=shift)[:count])
    for each in signups:
        client.post(f"{door(shift)}scan/", {"text": each.volunteer_number})
    client.get(door(shift))
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(door(shift)).context["latest"]) == count
    assert len(queries) == 8
