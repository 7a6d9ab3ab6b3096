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
from tests.factories import OrganizationFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.domain import cancel_activity
from volunteers.activities.models import Shift
from volunteers.changes.domain import Plan, cancel_shift, change_shift
from volunteers.feeds.models import CalendarFeed
from volunteers.projects.models import Project

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


def test_what_is_changed_of_a_shift_reaches_those_who_have_it_already(
    cast: Cast, client: Client
) -> None:
    """Programs keep what they know until the number is higher (RFC 5545, 3.8.7.4)."""
    shift, head = call(cast), cast.county_441802
    log_in(client, cast.person)
    sign_up(client, shift)
    own = address_of(client)
    starts_at = shift.starts_at + timedelta(hours=1)
    later = Plan(starts_at=starts_at, ends_at=starts_at + timedelta(hours=2), places=1, reserve=5)
    with acting_as(head.scope):
        change_shift(shift, later, actor=head, reason="让路")
    (public,), (mine,) = events(Client(), COUNTY), events(Client(), own)
    assert (said(public)[1:], said(mine)[1:]) == (("CONFIRMED", 1), ("CONFIRMED", 3))
    assert public["DTSTART"].dt == mine["DTSTART"].dt == starts_at.replace(microsecond=0)
    with acting_as(head.scope):
        cancel_shift(shift, actor=head, reason="台风")
    (public,), (mine,) = events(Client(), COUNTY), events(Client(), own)
    assert (said(public)[1:], said(mine)[1:]) == (("CANCELLED", 3), ("CANCELLED", 5))


def test_changes_of_other_shifts_leave_an_event_alone(cast: Cast, client: Client) -> None:
    shift, head = call(cast), cast.county_441802
    with as_owner():
        starts_at = shift.starts_at + timedelta(days=7)
        other = Shift.objects.create(
            activity=shift.activity,
            committee_id=shift.committee_id,
            starts_at=starts_at,
            ends_at=starts_at + timedelta(hours=2),
            places=1,
        )
    with acting_as(head.scope):
        cancel_shift(other, actor=head, reason="台风")
    found = {said(event) for event in events(client, COUNTY)}
    assert found == {
        (f"shift-{shift.pk}@testserver", "CONFIRMED", 0),
        (f"shift-{other.pk}@testserver", "CANCELLED", 2),
    }


def test_project_and_organisation_have_calendars_of_what_is_public(
    cast: Cast, client: Client
) -> None:
    with as_owner():
        project = Project.objects.create(committee=cast.committee("4418"), name="河小青")
        organizer = OrganizationFactory(committee=cast.committee("441802"))
    call(cast, title="别的")
    owners: list[tuple[str, str, Any]] = [
        ("project", "feeds:project-calendar", project),
        ("organization", "feeds:organization-calendar", organizer),
    ]
    for field, name, whose in owners:
        named: dict[str, Any] = {field: whose}
        shift = call(cast, **named)
        call(cast, **named, visibility="invited")
        address = reverse(name, args=[whose.pk])
        (event,) = events(client, address)
        assert said(event)[0] == f"shift-{shift.pk}@testserver"
        assert whose.name in client.get(address).content.decode().replace("\r\n ", "")
        assert client.get(reverse(name, args=[2**40])).status_code == 404
