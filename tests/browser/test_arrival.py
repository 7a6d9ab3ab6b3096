"""A volunteer who agrees to say whether they are at the place, on a telephone that knows."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.browser.chromium import PHONE
from tests.browser.house import House, aside
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Shift
from volunteers.checkins.models import CheckIn
from volunteers.checkins.summary.codes import shift_code
from volunteers.signups.domain import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
THERE = {"latitude": 23.68201, "longitude": 113.05121}


def shift_now(cast: Cast) -> Shift:
    shift = call(cast, days=1, latitude=23.682, longitude=113.0512, location_metres=100)
    with acting_as(cast.person.scope):
        sign_up(shift, actor=cast.person)
    starts_at = timezone.now() - timedelta(minutes=5)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
        )
    return shift


def kept() -> str:
    with as_owner():
        return CheckIn.objects.get().where


@pytest.mark.parametrize(
    ("options", "agrees", "where"),
    [
        ({"geolocation": THERE, "permissions": ["geolocation"]}, True, "within"),
        ({"geolocation": THERE, "permissions": ["geolocation"]}, False, ""),
        ({}, True, ""),
    ],
    ids=["agrees", "does not agree", "device refuses"],
)
def test_scan_counts_whatever_is_said(
    cast: Cast, house: House, options: dict[str, Any], agrees: bool, where: str
) -> None:
    shift = aside(lambda: shift_now(cast))
    phone = house.enter(viewport=PHONE, **options)
    phone.sit_down_as(cast.person)
    phone.go(f"/own/in/{shift_code(shift.pk, at=timezone.now())}/")
    phone.eyes.look(PHONE)
    if agrees:
        phone.page.check("[name=tells_place]")
    phone.follow("form[data-arrives] button[type=submit]")
    assert aside(kept) == where
    assert not house.faults, house.faults
