"""Whether who scans is at the place: told by who agrees, where the activity asks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta

import pytest
import time_machine
from django.db import Error, IntegrityError, connection, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.geo.points import Point
from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.activities.test_views import CREATE, TYPED
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Activity, Shift
from volunteers.checkins.domain import check_in
from volunteers.checkins.models import CheckIn, Way
from volunteers.checkins.summary.codes import shift_code
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
PLACE, NEAR, FAR = "23.68200, 113.05120", "23.68230, 113.05150", "23.69200, 113.05120"


@pytest.fixture
def shift(cast: Cast) -> Iterator[Shift]:
    """It has just begun, asks within 100 metres, and the cast's volunteer has a place."""
    made = call(cast, latitude=23.682, longitude=113.0512, location_metres=100)
    with acting_as(cast.person.scope):
        sign_up(made, actor=cast.person)
    with time_machine.travel(made.starts_at + timedelta(minutes=1)):
        yield made


def comes(cast: Cast, shift: Shift, **said: str) -> str:
    client = log_in(Client(), cast.person)
    code = shift_code(shift.pk, at=timezone.now())
    client.post(reverse("checkins:checkin-create", args=[code]), said)
    return kept()


def kept() -> str:
    with as_owner():
        return CheckIn.objects.get().where


@pytest.mark.parametrize(
    ("said", "where"),
    [
        ({"tells_place": "on", "position": NEAR}, "within"),
        ({"tells_place": "on", "position": FAR}, "outside"),
        ({"tells_place": "on", "position": ""}, ""),
        ({"tells_place": "on", "position": "nonsense"}, ""),
        ({"position": NEAR}, ""),
        ({}, ""),
    ],
)
def test_yes_or_no_is_kept_of_who_agrees(
    cast: Cast, shift: Shift, said: dict[str, str], where: str
) -> None:
    assert comes(cast, shift, **said) == where
    with as_owner():
        assert SignUp.objects.get().tells_place == ("tells_place" in said)


def test_nobody_is_asked_where_the_activity_does_not(cast: Cast, shift: Shift) -> None:
    page = reverse("checkins:checkin-create", args=[shift_code(shift.pk, at=timezone.now())])
    assert "tells_place" in log_in(Client(), cast.person).get(page).text
    with as_owner():
        Activity.objects.update(location_metres=None)
    assert "tells_place" not in log_in(Client(), cast.person).get(page).text
    assert comes(cast, shift, tells_place="on", position=NEAR) == ""


def test_consent_is_for_this_time_and_taken_back_by_the_next_scan(cast: Cast, shift: Shift) -> None:
    comes(cast, shift, tells_place="on", position=NEAR)
    with time_machine.travel(timezone.now() + timedelta(minutes=30)):
        client = log_in(Client(), cast.person)
        code = shift_code(shift.pk, at=timezone.now())
        client.post(reverse("checkins:checkin-create", args=[code]), {"position": NEAR})
    with as_owner():
        said = list(CheckIn.objects.order_by("at").values_list("direction", "where"))
        assert said == [("in", "within"), ("out", "")]
        assert not SignUp.objects.get().tells_place


def test_database_keeps_no_place_without_consent_nor_of_others_scans(
    cast: Cast, shift: Shift
) -> None:
    insert = (
        "INSERT INTO volunteers_checkin (committee_id, signup_id, shift_id, direction, way,"
        " at_place, at, received_at, nonce, by_label) SELECT committee_id, id, shift_id, 'in',"
        " 'own_scan', 'within', now(), now(), gen_random_uuid(), '' FROM volunteers_signup"
    )
    with acting_as(cast.person.scope), pytest.raises(Error, match="row-level security"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(insert)
    with as_owner():
        signup = SignUp.objects.select_related("shift").get()
        desk = CheckIn(
            committee_id=signup.committee_id,
            signup=signup,
            shift=signup.shift,
            direction="in",
            way="desk_scan",
            where="within",
            at=timezone.now(),
        )
        with pytest.raises(IntegrityError, match="said_by_the_person"), transaction.atomic():
            desk.save()


def test_organisers_scan_says_nothing_of_the_place(cast: Cast, shift: Shift) -> None:
    recorder = cast.recorder_441802
    with acting_as(recorder.scope):
        signup = SignUp.objects.get()
        check_in(
            signup,
            actor=recorder,
            way=Way.DESK_SCAN,
            tells_place=True,
            position=Point(23.682, 113.0512),
        )
    assert kept() == ""


def test_organiser_reads_the_word_at_the_roll(cast: Cast, shift: Shift, client: Client) -> None:
    roll = reverse("attendance:roll-detail", args=[shift.activity_id, shift.pk])
    log_in(client, cast.recorder_441802)
    assert "不在现场" not in client.get(roll).text
    comes(cast, shift, tells_place="on", position=FAR)
    assert "不在现场" in client.get(roll).text


def test_place_is_asked_for_only_where_there_is_one(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    wrong = client.post(CREATE, {**TYPED, "location_metres": "100"})
    assert wrong.status_code == 422
    said = {**TYPED, "location_metres": "100", "point": f"{PLACE} GPS"}
    assert client.post(CREATE, said).status_code == 302
