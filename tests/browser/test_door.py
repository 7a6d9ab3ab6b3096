"""The organiser's page at the door, on a phone, with the network cut."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.core.signals import request_finished
from django.utils import timezone

from core.tenancy.direct import close_direct
from core.tenancy.scope import acting_as
from tests.browser.chromium import PHONE
from tests.browser.house import House, Visitor, aside
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.checkins.models import CheckIn, DoorDevice
from volunteers.signups.domain import sign_up

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]
OFFLINE_ERRORS = ("ERR_INTERNET_DISCONNECTED", "ERR_FAILED", "Failed to fetch")

KEPT = """async () => {
    const cache = await caches.open('door-2');
    return (await cache.keys()).map(({ url }) => new URL(url).pathname);
}"""
PUT_OLD = "async () => (await caches.open('door-2')).put('/static/dist/old.js', new Response(''))"
# All scans of the device, said to have been made ten minutes earlier.
CHANGE = """(shift) => new Promise((resolve) => {
    const asked = indexedDB.open(`door-${shift}`);
    asked.onsuccess = () => {
        const store = asked.result.transaction('scans', 'readwrite').objectStore('scans');
        const all = store.getAll();
        all.onsuccess = () => {
            for (const scan of all.result) {
                scan.at = new Date(new Date(scan.at) - 600000).toISOString();
                store.put(scan);
            }
        };
        store.transaction.oncomplete = () => resolve();
    };
})"""


@pytest.fixture(autouse=True)
def _no_kept_connection() -> Iterator[None]:
    """The server of the tests has a thread for each visitor, which ends without a word."""

    def close(**_signal: Any) -> None:
        close_direct()

    request_finished.connect(close)
    yield
    request_finished.disconnect(close)


def shift_now(cast: Cast) -> Shift:
    """Began ten minutes ago; two have a place."""
    shift = call(cast, places=2, days=1)
    for actor in (cast.person, another(cast)):
        with acting_as(actor.scope):
            sign_up(shift, actor=actor)
    starts_at = timezone.now() - timedelta(minutes=10)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(
            starts_at=starts_at, ends_at=starts_at + timedelta(hours=2)
        )
    return shift


def stored() -> list[tuple[str, str]]:
    """Portal number and direction of each scan, in their order."""

    def ask() -> list[tuple[str, str]]:
        with as_owner():
            rows = CheckIn.objects.order_by("at").values_list(
                "signup__volunteer_number", "direction"
            )
            return list(rows)

    return aside(ask)


def revoke_all() -> None:
    with as_owner():
        DoorDevice.objects.update(revoked_at=timezone.now())


def prepared(house: House, cast: Cast, shift: Shift) -> Visitor:
    """The page opened once with network."""
    phone = house.enter(viewport=PHONE)
    phone.eyes.expected_errors = OFFLINE_ERRORS
    phone.sit_down_as(cast.recorder_441802)
    phone.go(f"/door/{shift.pk}/offline/")
    phone.page.wait_for_selector("[data-said][data-tone=good]")
    return phone


def scan(phone: Visitor, text: str) -> None:
    phone.page.fill("#door-text", text)
    phone.page.keyboard.press("Enter")


def test_door_works_without_network_and_sends_each_scan_once(cast: Cast, house: House) -> None:
    shift = aside(lambda: shift_now(cast))
    phone = prepared(house, cast, shift)
    phone.eyes.look(PHONE)
    phone.page.context.set_offline(True)
    phone.page.reload()
    phone.page.wait_for_selector("[data-said][data-tone=waiting]")
    scan(phone, cast.volunteer.number)
    phone.page.wait_for_selector("[data-scans] [data-state=unsent]")
    assert cast.volunteer.name in phone.text("[data-scans]")
    scan(phone, "0000000000")
    phone.page.wait_for_selector("[data-said][data-tone=bad]")
    phone.eyes.look(PHONE)
    assert stored() == []

    phone.page.context.set_offline(False)
    phone.page.wait_for_selector("[data-scans] [data-state=sent]")
    assert stored() == [(cast.volunteer.number, "in")]
    assert not house.faults, house.faults


def test_scans_outlive_the_page_and_are_sent_by_the_next(cast: Cast, house: House) -> None:
    shift = aside(lambda: shift_now(cast))
    phone = prepared(house, cast, shift)
    address, context = phone.page.url, phone.page.context
    context.set_offline(True)
    scan(phone, cast.volunteer.number)
    phone.page.wait_for_selector("[data-scans] [data-state=unsent]")
    phone.page.close()
    context.set_offline(False)
    # Whose session is gone meanwhile still sends: the device has a token of its own.
    context.clear_cookies()
    again = context.new_page()
    again.goto(address)
    again.wait_for_selector("[data-scans] [data-state=sent]")
    assert stored() == [(cast.volunteer.number, "in")]
    assert not house.faults, house.faults


def test_what_is_refused_waits_for_a_person_with_its_reason(cast: Cast, house: House) -> None:
    shift = aside(lambda: shift_now(cast))
    phone = prepared(house, cast, shift)
    aside(revoke_all)
    phone.eyes.expected_errors = (*OFFLINE_ERRORS, "403")
    scan(phone, cast.volunteer.number)
    phone.page.wait_for_selector("[data-scans] [data-state=refused]")
    assert "令牌" in phone.text("[data-scans]")
    phone.page.click("[data-clear]")
    phone.page.wait_for_selector("[data-scans]:empty", state="attached")
    assert stored() == []
    assert phone.page.evaluate(KEPT) == []
    assert not house.faults, house.faults


def test_parts_that_no_page_needs_any_more_leave_the_device(cast: Cast, house: House) -> None:
    phone = prepared(house, cast, aside(lambda: shift_now(cast)))
    phone.page.evaluate(PUT_OLD)
    phone.page.reload()
    phone.page.wait_for_selector("[data-said][data-tone=good]")
    kept = phone.page.evaluate(KEPT)
    assert "/static/dist/door.js" in kept
    assert "/static/dist/old.js" not in kept
    assert not house.faults, house.faults


def test_scan_that_was_changed_on_the_device_is_refused(cast: Cast, house: House) -> None:
    shift = aside(lambda: shift_now(cast))
    phone = prepared(house, cast, shift)
    phone.eyes.expected_errors = (*OFFLINE_ERRORS, "403")
    phone.page.context.set_offline(True)
    scan(phone, cast.volunteer.number)
    phone.page.wait_for_selector("[data-scans] [data-state=unsent]")
    phone.page.evaluate(CHANGE, str(shift.pk))
    phone.page.context.set_offline(False)
    phone.page.wait_for_selector("[data-scans] [data-state=refused]")
    assert stored() == []
    assert not house.faults, house.faults
