"""Whom to call: entered by who answers for the committee, found by everybody."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.committees.models import Committee
from organizations.contacts.domain import set_contact
from organizations.contacts.summary import contact_of, contacts_of
from tests.cast import Cast, log_in
from tests.database import as_owner

pytestmark = pytest.mark.django_db

Counted = Callable[[int], AbstractContextManager[object]]
HOURS = "周一至周五 8:30–12:00"
FIND = "/accounts/whom-to-ask/"


def has_phone(cast: Cast, code: str, phone: str, hours: str = "") -> None:
    with as_owner():
        Committee.objects.filter(path=cast.committee(code).path).update(
            phone=phone, office_hours=hours
        )


def fresh(cast: Cast, code: str) -> Committee:
    with as_owner():
        return Committee.objects.get(path=cast.committee(code).path)


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("0763 336 6666", "0763-3366666"),
        ("０７６３－３３６６６６６转801", "0763-3366666-801"),
        ("12355", "12355"),
        ("", ""),
    ],
)
def test_telephone_is_kept_in_one_form(cast: Cast, typed: str, stored: str) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        place = cast.committee("441802009")
        assert set_contact(place, phone=typed, office_hours="", actor=actor).phone == stored


@pytest.mark.parametrize(
    ("phone", "hours", "field"),
    [
        ("没有", "", "phone"),
        ("0763", "", "phone"),
        ("", HOURS, "phone"),
        ("12355", "时" * 101, "office_hours"),
    ],
)
def test_what_nobody_can_call_is_refused(cast: Cast, phone: str, hours: str, field: str) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        set_contact(cast.committee("441802"), phone=phone, office_hours=hours, actor=actor)
    assert refused.value.field == field
    assert fresh(cast, "441802").phone == ""


def test_closed_committee_takes_no_telephone(cast: Cast) -> None:
    with as_owner():
        Committee.objects.filter(code="441802103").update(closed_on="2024-01-01")
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal, check=lambda each: each.code == "closed"):
        set_contact(cast.committee("441802103"), phone="12355", office_hours="", actor=actor)


def test_hours_without_a_telephone_cannot_be_stored(cast: Cast) -> None:
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Committee.objects.filter(code="441802").update(office_hours=HOURS)


def test_recorder_and_auditor_enter_no_telephone(cast: Cast) -> None:
    for actor in (cast.recorder_441802, cast.province_auditor):
        with acting_as(actor.scope), pytest.raises(PermissionDenied):
            set_contact(cast.committee("441802"), phone="12355", office_hours="", actor=actor)


def test_officer_enters_it_at_and_below_only(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    sent = {"phone": "0763-3366666", "office_hours": HOURS}
    for code, status in (("4418", 302), ("441802009", 302), ("44", 404), ("440606", 404)):
        address = reverse("contacts:contact-edit", args=[code])
        assert client.post(address, sent).status_code == status
    assert fresh(cast, "441802009").office_hours == HOURS
    assert fresh(cast, "440606").phone == ""
    page = client.get("/committees/441802009/").content.decode()
    assert 'href="tel:0763-3366666"' in page
    assert reverse("contacts:contact-edit", args=["441802009"]) in page


def test_form_keeps_what_is_wrong(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    answer = client.post("/committees/441802/contact/", {"phone": "打电话", "office_hours": HOURS})
    assert answer.status_code == 422
    assert "打电话" in answer.content.decode()


def test_nearest_office_above_answers(cast: Cast, django_assert_num_queries: Counted) -> None:
    has_phone(cast, "44", "12355")
    has_phone(cast, "441802", "0763-3366666", HOURS)
    with as_owner():
        town, sibling, other = (fresh(cast, code) for code in ("441802009", "441881", "440606103"))
        with django_assert_num_queries(1):
            found = contacts_of([town, sibling, other])
        assert [each.office and each.office.code for each in found] == ["441802", "44", "44"]
        assert [each.is_own for each in found] == [False, False, False]
        with django_assert_num_queries(0):
            assert contact_of(fresh_with("441802")).is_own


def fresh_with(code: str) -> Committee:
    return Committee(path="0001", code=code, phone="0763-3366666")


def test_nobody_above_has_a_telephone(cast: Cast) -> None:
    with as_owner():
        assert contact_of(fresh(cast, "441802009")).office is None


def test_visitor_finds_the_telephone_by_place(cast: Cast, client: Client) -> None:
    has_phone(cast, "441802", "0763-3366666", HOURS)
    page = client.get(FIND, {"q": "清城 横荷"}).content.decode()
    assert "清远市 / 清城区 / 横荷街道" in page
    assert 'href="tel:0763-3366666"' in page
    assert HOURS in page
    assert "顺德" not in page
    assert "0763" not in client.get(FIND, {"q": "顺德"}).content.decode()
    for odd in ("", "%", "\0", "无此地"):
        assert client.get(FIND, {"q": odd}).status_code == 200


def test_who_is_told_to_ask_reads_whom(cast: Cast, client: Client) -> None:
    has_phone(cast, "441802", "0763-3366666", HOURS)
    for address in ("/accounts/login/", "/accounts/claim/", "/accounts/password/reset/"):
        assert FIND in client.get(address).content.decode(), address
    log_in(client, cast.person)
    assert 'href="tel:0763-3366666"' in client.get("/own/profile/").content.decode()
    log_in(client, cast.recorder_441802)
    refused = client.get("/committees/441802/contact/")
    assert refused.status_code == 403
    assert f"{FIND}?q=" in refused.content.decode()
