"""From the call to the certificate, everybody at a phone."""

from __future__ import annotations

import io
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from django.utils import timezone
from PIL import Image

from organizations.accounts.actors import Actor
from tests.browser.chromium import PHONE, with_camera
from tests.browser.house import House, Visitor, aside
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Shift
from volunteers.certificates.models import Certificate
from volunteers.checkins.models import CheckIn
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.signups.models import SignUp

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
LASTS = timedelta(hours=2)
_FRAMES = 5


def called(cast: Cast, starts_at: datetime) -> Shift:
    def make() -> Shift:
        shift = call(cast, places=2)
        with as_owner():
            times = {"starts_at": starts_at, "ends_at": starts_at + LASTS}
            Shift.objects.filter(pk=shift.pk).update(**times)
            shift.refresh_from_db()
        return shift

    return aside(make)


@contextmanager
def at(moment: datetime, phone: Visitor, actor: Actor) -> Iterator[Visitor]:
    """The portal's clock stands there, and the person signs in again."""
    with time_machine.travel(moment, tick=True):
        phone.sit_down_as(actor)
        yield phone


def filmed(phone: Visitor, path: Path) -> Path:
    """What a camera sees that is held before the code on the phone's screen."""
    seen = Image.open(io.BytesIO(phone.page.locator(".door-code").screenshot())).convert("RGB")
    frame = Image.new("RGB", (640, 480), "white")
    seen.thumbnail((400, 400))
    frame.paste(seen, ((640 - seen.width) // 2, (480 - seen.height) // 2))
    picture = io.BytesIO()
    frame.save(picture, "JPEG", quality=95)
    # Motion JPEG: one picture after the other.
    path.write_bytes(picture.getvalue() * _FRAMES)
    return path


def scan(phone: Visitor, shift: Shift, code: str) -> None:
    """The organiser's phone looks at the code; nothing is typed."""
    phone.go(f"/door/{shift.pk}/")
    assert phone.page.input_value("#id_text") == ""
    with phone.page.expect_navigation():
        phone.page.click("[data-scan-into]")
    assert code in phone.text()


def test_way_from_the_call_to_the_certificate(cast: Cast, house: House, tmp_path: Path) -> None:
    starts_at = timezone.localtime().replace(hour=9, minute=0, second=0) - timedelta(days=1)
    with time_machine.travel(starts_at - timedelta(hours=20)):
        shift = called(cast, starts_at)
    person = house.enter(viewport=PHONE)
    film = finds_it_and_signs_up(person, cast, shift, tmp_path / "code.mjpeg")
    with with_camera(house.browser, film) as camera:
        others = House(house.url, camera, house.judged)
        organiser = others.enter(viewport=PHONE, permissions=["camera"])
        scans_and_settles(organiser, cast, shift)
        assert others.faults == ""
    confirms(house.enter(viewport=PHONE), cast)
    code = takes_a_certificate(person, cast, starts_at)
    verifies(house.enter(viewport=PHONE), code, hidden=cast.volunteer.name)
    assert house.faults == ""


def finds_it_and_signs_up(person: Visitor, cast: Cast, shift: Shift, film: Path) -> Path:
    """Without signing in first, then with one tap; ends with the code on the screen."""
    with time_machine.travel(shift.starts_at - timedelta(hours=20), tick=True):
        person.go("/calls/")
        person.follow(f'a[href="/calls/{shift.activity_id}/"]')
        assert "北江东岸" in person.text()
    with at(shift.starts_at - timedelta(hours=19), person, cast.person):
        person.go("/own/calls/")
        person.follow(f'main a[href="/own/calls/{shift.activity_id}/"]')
        person.follow(f'form[action$="/shifts/{shift.pk}/"] button')
        person.follow('main a[href^="/own/codes/"]')
        person.eyes.look(PHONE)
        assert aside(lambda: owned(SignUp)) == ["placed"]
        return filmed(person, film)


def scans_and_settles(organiser: Visitor, cast: Cast, shift: Shift) -> None:
    """The camera reads the code when the volunteer comes, and again on leaving."""
    recorder, ends_at = cast.recorder_441802, shift.starts_at + LASTS
    with at(shift.starts_at - timedelta(minutes=5), organiser, recorder):
        scan(organiser, shift, cast.volunteer.name)
    with at(ends_at + timedelta(minutes=1), organiser, recorder):
        scan(organiser, shift, cast.volunteer.name)
    assert aside(lambda: owned(CheckIn, "direction")) == ["in", "out"]
    with at(ends_at + timedelta(minutes=9), organiser, recorder):
        organiser.go(f"/activities/{shift.activity_id}/")
        organiser.follow('a[href$="/settle/"]')
        organiser.eyes.look(PHONE)
        organiser.follow('form[action$="/settle/"] button')
    assert aside(lambda: owned(ServiceRecord)) == ["submitted"]


def confirms(secretary: Visitor, cast: Cast) -> None:
    """A second person; what counts is the time of the shift, not the minutes around it."""
    secretary.sit_down_as(cast.county_441802)
    (sheet,) = aside(lambda: owned(HoursSheet, "pk"))
    secretary.go(f"/hours/sheets/{sheet}/")
    button = 'form[action$="/confirm/"] button[type=submit], button[formaction$="/confirm/"]'
    secretary.follow(button)
    assert aside(lambda: owned(ServiceRecord)) == ["confirmed"]
    assert aside(lambda: owned(ServiceRecord, "minutes")) == [LASTS.seconds // 60]


def takes_a_certificate(person: Visitor, cast: Cast, served_at: datetime) -> str:
    """Its code."""
    person.sit_down_as(cast.person)
    person.go("/own/certificates/new/")
    person.page.fill("#id_first_on", f"{served_at:%Y-%m-%d}")
    person.follow("main form button[type=submit]")
    (code,) = aside(lambda: owned(Certificate, "code"))
    return str(code)


def verifies(anybody: Visitor, code: str, *, hidden: str) -> None:
    anybody.go(f"/verify/{code}/")
    anybody.eyes.look(PHONE)
    said = anybody.text()
    assert "此证明有效" in said
    assert "2.0 小时" in said
    assert hidden not in said


def owned(model: type, column: str = "state") -> list[object]:
    with as_owner():
        return list(model.objects.order_by("pk").values_list(column, flat=True))  # type: ignore[attr-defined]
