"""Rows about one's own data: consent, requests, copies, families, messages."""

from __future__ import annotations

from datetime import date

from django.db.models import Model

from core.messages.models import OneTimeCode, OutgoingMessage
from organizations.family.models import FamilyTie
from tests.isolation.people import LATER, Maker, People, Place
from volunteers.emergencies.models import EmergencyContact
from volunteers.feeds.models import CalendarFeed
from volunteers.guardians.models import GuardianLink
from volunteers.privacy.models import (
    Consent,
    ConsentText,
    DataExport,
    PrivacyRequest,
    RetainedIdentity,
)

__all__ = ["MAKERS"]


def _consent(people: People, place: Place, _number: int) -> Model:
    text, _made = ConsentText.objects.get_or_create(kind="own", committee=None, version=1)
    return Consent.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        kind="own",
        text=text,
        given_by=f"{place.mark}愿",
        how="code",
    )


def _consent_text(people: People, place: Place, number: int) -> Model:
    return ConsentText.objects.create(
        kind="guardian",
        committee=people.volunteer.committee,
        version=100 + number,
        title="同意书",
        body=place.mark,
    )


def _privacy_request(people: People, place: Place, _number: int) -> Model:
    return PrivacyRequest.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        kind="withdrawal",
        message=f"{place.mark}改",
        asked_by_label=f"{place.mark}人",
    )


def _retained(people: People, _place: Place, _number: int) -> Model:
    return RetainedIdentity.objects.create(
        volunteer=people.spare,
        committee=people.spare.committee,
        sealed=b"sealed",
        kept_until=date(2036, 1, 1),
    )


def _data_export(people: People, place: Place, _number: int) -> Model:
    return DataExport.objects.create(
        volunteer=people.volunteer, user=people.user, json_file=place.mark, expires_at=LATER
    )


def _guardian_link(people: People, place: Place, number: int) -> Model:
    return GuardianLink.objects.create(
        volunteer=people.volunteer,
        committee=people.volunteer.committee,
        use="give",
        token_digest=bytes([number]) * 32,
        sent_by_label=f"{place.mark}寄",
        expires_at=LATER,
    )


def _family_tie(people: People, place: Place, _number: int) -> Model:
    return FamilyTie.objects.create(
        user=people.user,
        volunteer_id=people.volunteer.pk,
        child_name=f"{place.mark}孩",
        until=date(2040, 1, 1),
    )


def _calendar_feed(people: People, _place: Place, number: int) -> Model:
    return CalendarFeed.objects.create(
        volunteer=people.volunteer, user=people.user, digest=bytes([number]) * 32, made_at=LATER
    )


def _emergency_contact(people: People, place: Place, _number: int) -> Model:
    return EmergencyContact.objects.create(
        volunteer=people.volunteer,
        name=f"{place.mark}急",
        relation="friend",
        phone_sealed=b"sealed",
        phone_mask="138****0000",
    )


def _message(_people: People, place: Place, _number: int) -> Model:
    return OutgoingMessage.objects.create(kind="isolation", phone_mask=place.mark)


def _code(_people: People, _place: Place, number: int) -> Model:
    return OneTimeCode.objects.create(
        purpose="isolation",
        digest=bytes([number]) * 32,
        subject_index=bytes([number]) * 16,
        address_index=bytes([number]) * 16,
        expires_at=LATER,
    )


MAKERS: tuple[Maker, ...] = (
    _consent_text,
    _consent,
    _privacy_request,
    _retained,
    _data_export,
    _guardian_link,
    _family_tie,
    _calendar_feed,
    _emergency_contact,
    _message,
    _code,
)
