"""Issuing, sealing, withdrawing: what counts, and who may."""

from __future__ import annotations

import json
from base64 import urlsafe_b64decode
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import OrganizationFactory, VolunteerFactory
from tests.volunteers.certificates.arranging import YEAR, issued, served
from volunteers.certificates.domain import (
    answer_seal,
    ask_seal,
    certifiable,
    issue_certificate,
    payload_holds,
    withdraw_certificate,
)
from volunteers.certificates.models import Certificate
from volunteers.certificates.queries import verified
from volunteers.claims.models import Claim
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db


def test_only_confirmed_service_of_the_period_counts(cast: Cast) -> None:
    counted = served(cast, source="roll_call")
    late = served(cast, served_on=date(2026, 6, 1), minutes=30, source="backfill")
    served(cast, served_on=date(2025, 12, 31))
    served(cast, served_on=date(2026, 7, 1), state="submitted")
    served(cast, served_on=date(2026, 7, 2), state="void", voided=True, void_reason="重复")
    with acting_as(cast.person.scope):
        certificate = issued(cast)
    assert certificate.records == [counted.pk, late.pk]
    assert certificate.minutes == 150
    assert certificate.sources == {"roll_call": 120, "backfill": 30}
    assert certificate.committee_id == cast.volunteer.committee_id
    assert cast.volunteer.name not in json.dumps(certificate.lines, ensure_ascii=False)


def test_choice_of_organisations_and_activities_narrows_and_is_said(cast: Cast) -> None:
    with as_owner():
        unit = OrganizationFactory(committee=cast.committee("441802"))
    wanted = served(cast, organization=unit, activity_title="巡河护水")
    served(cast, organization=unit, activity_title="义诊", served_on=date(2026, 6, 1))
    served(cast, activity_title="巡河护水", served_on=date(2026, 7, 1))
    choice = replace(YEAR, organizations=(unit.pk,), activities=("巡河护水",))
    with acting_as(cast.person.scope):
        person = Volunteer.objects.select_related("committee").get(pk=cast.volunteer.pk)
        certificate = issue_certificate(person, actor=cast.person, choice=choice)
    assert certificate.records == [wanted.pk]
    assert certificate.lines[0]["unit"] == unit.name
    assert unit.name in certificate.chosen


def test_nothing_to_certify_is_refused_in_words(cast: Cast) -> None:
    with acting_as(cast.person.scope), pytest.raises(Refusal) as refused:
        issued(cast)
    assert refused.value.code == "nothing"


def test_service_of_an_entry_that_the_person_disowned_is_nobodys_to_certify(cast: Cast) -> None:
    served(cast)
    officer = cast.county_441802
    with as_owner():
        Claim.objects.create(
            volunteer=cast.volunteer, committee=cast.volunteer.committee, state="claimed"
        )
    with acting_as(officer.scope):
        assert certifiable(cast.volunteer.pk).count() == 1
    with as_owner():
        Claim.objects.update(state="disowned")
    with acting_as(officer.scope), pytest.raises(Refusal):
        person = Volunteer.objects.select_related("committee").get(pk=cast.volunteer.pk)
        issue_certificate(person, actor=officer, choice=YEAR)


def test_numbers_follow_each_other_and_codes_do_not(cast: Cast) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        first, second = issued(cast), issued(cast)
    assert (first.serial, second.serial) == (1, 2)
    assert len(first.code) >= 32
    assert first.code != second.code


def test_same_nonce_issues_once(cast: Cast) -> None:
    served(cast)
    nonce = uuid4()
    with acting_as(cast.person.scope):
        assert issued(cast, nonce=nonce).pk == issued(cast, nonce=nonce).pk


def test_payload_is_signed_for_its_code_alone(cast: Cast) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
    signed = {"key_id": certificate.key_id, "signature": certificate.signature}
    assert payload_holds(certificate.code, payload=certificate.payload, **signed)
    assert not payload_holds("another", payload=certificate.payload, **signed)
    assert not payload_holds(certificate.code, payload=certificate.payload + "A", **signed)
    said = json.loads(urlsafe_b64decode(certificate.payload + "=="))
    assert said[1] == certificate.number
    assert cast.volunteer.name not in said


def test_volunteer_certifies_nobody_else(cast: Cast) -> None:
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802009"))
    with acting_as(cast.person.scope), pytest.raises(PermissionDenied):
        issue_certificate(other, actor=cast.person, choice=YEAR)


def test_staff_never_show_the_full_number(cast: Cast) -> None:
    served(cast)
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        person = Volunteer.objects.select_related("committee").get(pk=cast.volunteer.pk)
        issue_certificate(person, actor=actor, choice=YEAR, full_number=True)
    assert refused.value.code == "number_is_own"


def test_seal_is_applied_by_an_officer_once_it_was_requested(cast: Cast) -> None:
    served(cast)
    officer = cast.county_441802
    with acting_as(cast.person.scope):
        certificate = issued(cast)
    with acting_as(officer.scope), pytest.raises(Refusal) as refused:
        answer_seal(certificate, actor=officer, apply=True)
    assert refused.value.code == "not_asked"
    with acting_as(cast.person.scope):
        ask_seal(certificate, actor=cast.person)
        with pytest.raises(PermissionDenied):
            answer_seal(certificate, actor=cast.person, apply=True)
    with (
        acting_as(cast.recorder_441802.scope),
        pytest.raises(PermissionDenied),
    ):
        answer_seal(certificate, actor=cast.recorder_441802, apply=True)
    with acting_as(officer.scope):
        answer_seal(certificate, actor=officer, apply=True)
        sealed = Certificate.objects.get(pk=certificate.pk)
    assert sealed.is_sealed
    assert sealed.seal_answered_by_label == officer.label


def test_declined_seal_says_why_and_may_be_requested_again(cast: Cast) -> None:
    served(cast)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
        ask_seal(certificate, actor=cast.person)
    with acting_as(cast.county_441802.scope):
        with pytest.raises(Refusal):
            answer_seal(certificate, actor=cast.county_441802, apply=False, reason=" ")
        answer_seal(certificate, actor=cast.county_441802, apply=False, reason="材料不全")
    with acting_as(cast.person.scope):
        declined = Certificate.objects.get(pk=certificate.pk)
        assert (declined.seal_reason, declined.may_ask_seal) == ("材料不全", True)


def test_record_voided_later_and_withdrawal_show_to_who_verifies(cast: Cast) -> None:
    kept, voided = served(cast), served(cast, served_on=date(2026, 6, 1), minutes=60)
    with acting_as(cast.person.scope):
        certificate = issued(cast)
        before = verified(certificate.code)
    assert before is not None
    assert (before.stands, before.voided, before.standing_minutes) == (True, [], 180)
    with as_owner():
        records = ServiceRecord.objects.filter(pk=voided.pk)
        records.update(state="void", voided=True, void_reason="未到场")
    with acting_as(cast.person.scope):
        withdraw_certificate(certificate, actor=cast.person, reason="重开")
        after = verified(certificate.code)
    assert after is not None
    assert (after.stands, after.minutes, after.standing_minutes) == (False, 180, kept.minutes)
    assert [each["served_on"] for each in after.voided] == [voided.served_on]
