"""Calendars: what they hold, who reads them, and that a revoked address reads nothing."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.test import Client
from django.urls import reverse
from icalendar import Calendar

from core.tenancy.scope import acting_as
from organizations.accounts.models import User
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.domain import cancel_activity
from volunteers.activities.models import Shift
from volunteers.feeds.models import CalendarFeed

pytestmark = pytest.mark.django_db
OWN = reverse("feeds:own-feed")
COUNTY = reverse("feeds:committee-calendar", args=["441802"])


def events(client: Client, address: str) -> list[Any]:
    answer = client.get(address)
    assert (answer.status_code, answer["Content-Type"]) == (200, "text/calendar; charset=utf-8")
    calendar: Any = Calendar.from_ical(answer.content)
    return list(calendar.walk("VEVENT"))


def said(event: Any) -> tuple[str, str, int]:
    return str(event["UID"]), str(event["STATUS"]), int(event["SEQUENCE"])


def address_of(client: Client) -> str:
    made = client.post(OWN, {"verb": "renew"})
    address: str = made.context["address"]
    return address


def sign_up(client: Client, shift: Shift) -> None:
    client.post(reverse("signups:signup-create", args=[shift.activity_id, shift.pk]))


def cancel(cast: Cast, shift: Shift) -> None:
    head = cast.county_441802
    with acting_as(head.scope):
        cancel_activity(shift.activity, actor=head, reason="台风停办")


def test_committees_calendar_holds_what_is_public_and_no_more(cast: Cast, client: Client) -> None:
    shift = call(cast)
    call(cast, title="不公开", visibility="invited")
    call(cast, title="草稿", state="draft", reviewed_at=None)
    call(cast, title="别处", committee=cast.committee("440606"))
    # A member is shown the same: below /calls/ everybody is a visitor.
    for reader in (client, log_in(Client(), cast.county_441802)):
        (event,) = events(reader, COUNTY)
        assert said(event) == (f"shift-{shift.pk}@testserver", "CONFIRMED", 0)
        assert str(event["SUMMARY"]) == shift.activity.title
        assert str(event["URL"]).endswith(reverse("calls:call-detail", args=[shift.activity_id]))
    cancel(cast, shift)
    (event,) = events(client, COUNTY)
    assert said(event) == (f"shift-{shift.pk}@testserver", "CANCELLED", 1)
    assert str(event["DESCRIPTION"]) == "台风停办"
    assert client.get(reverse("feeds:committee-calendar", args=["nowhere"])).status_code == 404


def test_times_stand_in_the_zone_of_the_portal(cast: Cast, client: Client) -> None:
    shift = call(cast)
    (event,) = events(client, COUNTY)
    start: datetime = event["DTSTART"].dt
    assert event["DTSTART"].params["TZID"] == "Asia/Shanghai"
    assert start == shift.starts_at.replace(microsecond=0)
    assert start.tzinfo == ZoneInfo("Asia/Shanghai")
    assert b"BEGIN:VTIMEZONE" in client.get(COUNTY).content


def test_own_calendar_follows_a_sign_up_to_its_end(cast: Cast, client: Client) -> None:
    shift = call(cast, places=1)
    log_in(client, cast.person)
    waiting = log_in(Client(), another(cast))
    sign_up(client, shift)
    sign_up(waiting, shift)
    mine, theirs = address_of(client), address_of(waiting)
    nobody = Client()
    (first,), (second,) = events(nobody, mine), events(nobody, theirs)
    assert (said(first)[1:], said(second)[1:]) == (("CONFIRMED", 2), ("TENTATIVE", 0))
    assert said(first)[0] != said(second)[0]
    cancel(cast, shift)
    (ended,) = events(nobody, mine)
    assert said(ended) == (said(first)[0], "CANCELLED", 3)
    assert "台风停办" in str(ended["DESCRIPTION"])


def test_address_is_renewed_and_revoked(cast: Cast, client: Client) -> None:
    log_in(client, cast.person)
    sign_up(client, call(cast))
    old, nobody = address_of(client), Client()
    new = address_of(client)
    assert nobody.get(old).status_code == 404
    assert len(events(nobody, new)) == 1
    assert new not in client.get(OWN).content.decode()
    client.post(OWN, {"verb": "revoke"})
    assert nobody.get(new).status_code == 404
    with as_owner():
        assert not CalendarFeed.objects.exists()


def test_closed_account_closes_its_calendar(cast: Cast, client: Client) -> None:
    log_in(client, cast.person)
    address = address_of(client)
    assert events(Client(), address) == []
    assert cast.person.user is not None
    with as_owner():
        User.objects.filter(pk=cast.person.user.pk).update(is_active=False)
    assert Client().get(address).status_code == 404


def test_night_shift_ends_on_the_next_day(cast: Cast, client: Client) -> None:
    shift = call(cast)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(ends_at=shift.starts_at + timedelta(hours=23))
    (event,) = events(client, COUNTY)
    assert event["DTEND"].dt - event["DTSTART"].dt == timedelta(hours=23)
