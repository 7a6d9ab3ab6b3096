"""Devices at the door: a token for one activity, and scans that are stored once."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import datetime, timedelta
from io import BytesIO
from random import Random
from typing import Any
from uuid import uuid4

import psycopg
import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.direct import ask_directly, close_direct
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.models import Membership, User
from organizations.accounts.scopes import token_digest
from portal.wsgi import application
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.checkins.api import answer_scan
from volunteers.checkins.domain import door, issue_device, revoke_device
from volunteers.checkins.models import CheckIn, DoorDevice
from volunteers.checkins.queries import Scans
from volunteers.checkins.summary.codes import signup_code
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

# The scan goes over a connection of its own, which sees only what is committed.
pytestmark = pytest.mark.django_db(transaction=True)
ADDRESS = reverse("api:check-in")
MINUTE = timedelta(minutes=1)


@pytest.fixture(autouse=True)
def _direct_connection() -> Iterator[None]:
    """Each test begins and ends without one: the database behind it is another's next."""
    close_direct()
    yield
    close_direct()


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """Began ten minutes ago; the cast's volunteer and another have a place."""
    made = call(cast, places=2, days=1)
    for actor in (cast.person, another(cast)):
        with acting_as(actor.scope):
            sign_up(made, actor=actor)
    move(made, timezone.now() - 10 * MINUTE)
    return made


def move(shift: Shift, starts_at: datetime) -> None:
    """As if the day had come."""
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
        )


@pytest.fixture
def token(cast: Cast, shift: Shift) -> str:
    return issued(cast, shift)


def issued(cast: Cast, shift: Shift, *, signs: bool = False) -> str:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        activity = Activity.objects.get(pk=shift.activity_id)
        return issue_device(activity, actor=actor, name="东门平板", signs=signs)[1]


def signups(shift: Shift) -> list[SignUp]:
    with as_owner():
        return list(SignUp.objects.filter(shift=shift).order_by("pk"))


def scan(shift: Shift, **more: Any) -> dict[str, Any]:
    """What a device sends for the first who signed up, now and in."""
    return {
        "token": signup_code(signups(shift)[0].pk),
        "nonce": str(uuid4()),
        "direction": "in",
        "at": timezone.localtime().isoformat(),
        "source": "desk_scan",
        **more,
    }


def send(token: str, said: dict[str, Any]) -> tuple[int, Any]:
    """Status and body, or the code of the refusal."""
    answer = answer_scan(f"Device {token}", json.dumps(said).encode())
    errors = answer.said.get("errors")
    return answer.status, errors[0]["code"] if errors else answer.said


def stored() -> list[CheckIn]:
    with as_owner():
        return list(CheckIn.objects.order_by("at", "pk"))


def test_scan_is_stored_once_and_answers_alike(cast: Cast, shift: Shift, token: str) -> None:
    said = scan(shift)
    first, again = send(token, said), send(token, {**said, "direction": "out"})
    assert first == again
    assert first[0] == 201
    assert first[1]["volunteer_name"] == cast.volunteer.name
    (row,) = stored()
    assert (row.direction, row.way, row.by_id) == (
        "in",
        "desk_scan",
        cast.recorder_441802.scope.user,
    )
    assert row.by_label.startswith("东门平板")


def at_once(token: str, scans: list[dict[str, Any]]) -> list[tuple[int, Any]]:
    """Each over a line of its own."""

    def line(said: dict[str, Any]) -> tuple[int, Any]:
        try:
            return send(token, said)
        finally:
            close_direct()
            connection.close()

    with ThreadPoolExecutor(8) as lines:
        return list(lines.map(line, scans))


def test_same_scan_over_many_lines_is_one_row(shift: Shift, token: str) -> None:
    answers = at_once(token, [scan(shift)] * 16)
    assert len(stored()) == 1
    assert all(answer == answers[0] for answer in answers)


def test_who_is_in_is_not_let_in_again_before_going(shift: Shift, token: str) -> None:
    assert send(token, scan(shift))[0] == 201
    assert send(token, scan(shift)) == (409, "already_in")
    assert send(token, scan(shift, direction="out"))[0] == 201
    assert send(token, scan(shift))[0] == 201


def test_many_who_scan_one_person_in_at_once_store_it_once(shift: Shift, token: str) -> None:
    said = [scan(shift) for _ in range(8)]
    answers = at_once(token, said)
    # Their clocks differ by microseconds: who came with an earlier one is stored too, as the first.
    moments = [row.at for row in stored()]
    assert min(moments) == min(datetime.fromisoformat(each["at"]) for each in said)
    assert len(moments) == sum(status == 201 for status, _said in answers)
    assert {status for status, _said in answers} <= {201, 409}


def test_first_way_in_counts_in_whatever_order_it_comes(shift: Shift, token: str) -> None:
    first, then = (timezone.now() - timedelta(seconds=ago) for ago in (60, 30))
    assert send(token, scan(shift, at=then.isoformat()))[0] == 201
    assert send(token, scan(shift, at=first.isoformat()))[0] == 201
    assert min(row.at for row in stored()) == first


def test_nonce_of_somebody_else_stores_nothing_and_says_so(shift: Shift, token: str) -> None:
    one, other = signups(shift)
    nonce = str(uuid4())
    assert send(token, scan(shift, token=signup_code(one.pk), nonce=nonce))[0] == 201
    answer = send(token, scan(shift, token=signup_code(other.pk), nonce=nonce))
    assert answer == (409, "nonce_taken")
    assert [row.signup_id for row in stored()] == [one.pk]


def test_device_ends_with_the_sessions_of_its_account(cast: Cast, shift: Shift, token: str) -> None:
    with as_owner():
        User.objects.filter(memberships=DoorDevice.objects.get().membership).update(session_epoch=7)
    assert send(token, scan(shift)) == (403, "revoked")


def test_what_is_sent_later_comes_to_the_same_in_any_order(shift: Shift, token: str) -> None:
    people = signups(shift)
    chance = Random(20)
    sent = [
        scan(
            shift,
            token=signup_code(chance.choice(people).pk),
            direction=chance.choice(["in", "out"]),
            at=(timezone.now() - chance.randint(3, 60) * MINUTE).isoformat(),
        )
        for _ in range(500)
    ]
    finals: list[dict[int, Scans]] = []
    for _ in range(5):
        chance.shuffle(sent)
        for said in [*sent, *sent[:100]]:
            assert send(token, said)[0] == 201
        with as_owner():
            assert CheckIn.objects.count() == len(sent)
            finals.append(dict(CheckIn.objects.all().scans()))
            CheckIn.objects.all().delete()
    assert all(final == finals[0] for final in finals)


@pytest.mark.parametrize(
    ("minutes", "code"),
    [(61, "too_early"), (-(120 + 181), "too_late")],
)
def test_door_is_closed_long_before_and_after(
    shift: Shift, token: str, minutes: int, code: str
) -> None:
    move(shift, timezone.now() + minutes * MINUTE)
    assert send(token, scan(shift)) == (409, code)
    assert stored() == []


def test_hours_of_the_door_are_those_of_the_page(shift: Shift, token: str) -> None:
    for starts_at, is_open in (
        (timezone.now() + door.OPENS_BEFORE - MINUTE, True),
        (timezone.now() + door.OPENS_BEFORE + MINUTE, False),
        (timezone.now() - timedelta(hours=2) - door.CLOSES_AFTER + MINUTE, True),
        (timezone.now() - timedelta(hours=2) - door.CLOSES_AFTER - MINUTE, False),
    ):
        move(shift, starts_at)
        assert (send(token, scan(shift, direction="out"))[0] == 201) is is_open


def test_clock_that_runs_ahead_is_refused(shift: Shift, token: str) -> None:
    ahead = timezone.now() + door.CLOCKS + MINUTE
    assert send(token, scan(shift, at=ahead.isoformat())) == (409, "ahead")


def test_others_codes_are_refused_each_with_its_reason(
    cast: Cast, shift: Shift, token: str
) -> None:
    elsewhere = call(cast, days=2)
    one = another(cast)
    with acting_as(one.scope):
        other = sign_up(elsewhere, actor=one)
    assert send(token, scan(shift, token=signup_code(other.pk))) == (409, "wrong_activity")
    assert send(token, scan(shift, token="1.forged")) == (409, "not_signed_up")
    gone = signups(shift)[0]
    with as_owner():
        SignUp.objects.filter(pk=gone.pk).update(state="withdrawn", ended_at=timezone.now())
    assert send(token, scan(shift)) == (409, "not_signed_up")
    with as_owner():
        Activity.objects.filter(pk=shift.activity_id).update(state="cancelled", reason="暴雨")
    assert send(token, scan(shift, token=signup_code(signups(shift)[1].pk))) == (409, "not_open")
    assert stored() == []


def test_nonce_of_another_activity_is_not_answered(cast: Cast, shift: Shift, token: str) -> None:
    said = scan(shift)
    send(token, said)
    other = call(cast, days=2)
    assert send(issued(cast, other), said) == (409, "nonce_taken")


def test_token_ends_with_itself_its_time_and_its_membership(
    cast: Cast, shift: Shift, token: str
) -> None:
    revoked = (403, "revoked")
    assert send("nonsense", scan(shift)) == revoked
    assert answer_scan("Token x", json.dumps(scan(shift)).encode()).status == 403
    with as_owner():
        membership = DoorDevice.objects.get().membership
        Membership.objects.filter(pk=membership.pk).update(revoked_at=timezone.now())
    assert send(token, scan(shift)) == revoked
    with as_owner():
        Membership.objects.filter(pk=membership.pk).update(revoked_at=None)
        DoorDevice.objects.update(expires_at=timezone.now() - MINUTE)
    assert send(token, scan(shift)) == revoked
    with as_owner():
        DoorDevice.objects.update(expires_at=timezone.now() + MINUTE)
    assert send(token, scan(shift))[0] == 201
    actor = cast.county_441802
    with acting_as(actor.scope):
        revoke_device(DoorDevice.objects.get(), actor=actor)
    assert send(token, scan(shift, direction="out")) == revoked


@pytest.mark.parametrize(
    "change",
    [
        {"nonce": "x"},
        {"at": "2026-05-01T08:00:00"},
        {"at": 5},
        {"direction": "up"},
        {"source": "own_scan"},
        {"token": 5},
    ],
)
def test_nonsense_is_bad_input(shift: Shift, token: str, change: dict[str, Any]) -> None:
    assert send(token, scan(shift, **change)) == (400, "invalid")


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b"\xff", b"5"])
def test_any_body_is_answered(body: bytes) -> None:
    assert answer_scan("Device x", body).status == 400


def test_connection_of_devices_reads_no_table() -> None:
    assert ask_directly("SELECT current_user", []) == ("portal_public",)
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask_directly("SELECT count(*) FROM volunteers_checkin", [])
    with pytest.raises(psycopg.errors.InsufficientPrivilege):
        ask_directly("SELECT count(*) FROM volunteers_doordevice", [])


def test_lost_connection_is_replaced(shift: Shift, token: str) -> None:
    (pid,) = ask_directly("SELECT pg_backend_pid()", [])
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_terminate_backend(%s, 5000)", [pid])
    assert send(token, scan(shift))[0] == 201


def test_server_and_django_answer_alike(client: Client, shift: Shift, token: str) -> None:
    body = json.dumps(scan(shift)).encode()
    header = f"Device {token}"
    by_django = client.post(
        ADDRESS, body, content_type="application/json", headers={"authorization": header}
    )
    started: list[str] = []
    environ = {
        "PATH_INFO": ADDRESS,
        "REQUEST_METHOD": "POST",
        "CONTENT_LENGTH": str(len(body)),
        "HTTP_AUTHORIZATION": header,
        "wsgi.input": BytesIO(body),
    }
    parts = application(environ, lambda status, _headers, *_: started.append(status))  # type: ignore[arg-type]
    assert (started, by_django.status_code) == (["201 Created"], 201)
    assert json.loads(b"".join(parts)) == by_django.json()


def test_organiser_issues_and_revokes_on_a_page(cast: Cast, client: Client, shift: Shift) -> None:
    log_in(client, cast.recorder_441802)
    address = reverse("checkins:device-list", args=[shift.activity_id])
    page = client.post(address, {"name": "东门平板"}).content.decode()
    with as_owner():
        device = DoorDevice.objects.get()
    token = page.split('text-break">')[1].split("<")[0]
    assert bytes(device.digest) == token_digest(token)
    assert token not in client.get(address).content.decode()
    client.post(reverse("checkins:device-revoke", args=[shift.activity_id, device.pk]))
    assert send(token, scan(shift)) == (403, "revoked")


def test_who_may_not_write_activities_issues_none(cast: Cast, shift: Shift) -> None:
    actor = cast.province_auditor
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        issue_device(Activity.objects.get(pk=shift.activity_id), actor=actor, name="东门平板")


def test_nameless_device_is_refused(cast: Cast, shift: Shift) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope), pytest.raises(Refusal):
        issue_device(Activity.objects.get(pk=shift.activity_id), actor=actor, name=" ")
