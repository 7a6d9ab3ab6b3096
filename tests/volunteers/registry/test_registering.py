"""Registering one person: what is kept, what is refused, and what a refusal gives away."""

from __future__ import annotations

from datetime import date
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.db import connection
from structlog.testing import capture_logs

from core.crypto.sealing import unseal
from core.identity.identity_numbers import Gender
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories.volunteers import identity_number
from tests.volunteers.registry.desk import (
    CHILD,
    CONSENT,
    GUARDIAN,
    TODAY,
    card,
    register,
    registered,
)
from volunteers.registry.domain import AlreadyRegistered, Consent, Document, Guardian
from volunteers.registry.models import (
    DocumentKind,
    Volunteer,
    VolunteerIdentity,
    identity_context,
)

NUMBER = identity_number(7)


def refusal(cast: Cast, **changes: object) -> tuple[str, str]:
    """Code and field of the refusal."""
    actor = cast.recorder_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        register(actor, cast.committee("441802009"), **changes)
    with as_owner():
        assert Volunteer.objects.count() == 1, "only the cast's own volunteer"
    return refused.value.code, refused.value.field


def test_registering_keeps_masks_in_sight_and_identifiers_sealed(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        made = register(
            actor,
            cast.committee("441802009"),
            document=card(NUMBER.lower()),
            name="刘 霞 明",
            phone="+86 199-0000-0001",
            skills=["急救", " 急救 ", "", "摄影"],
        )
        found = Volunteer.objects.get(pk=made.pk)
        identity = VolunteerIdentity.objects.get(pk=made.pk)
    assert (found.name, found.pinyin, found.initials) == ("刘霞明", "liu xia ming", "lxm")
    assert found.spelling == "liuxiaming"
    assert (found.birth_date, found.gender) == (date(1995, 4, 1), "male")
    assert found.identity_mask == f"{NUMBER[:4]}**********{NUMBER[-4:]}"
    assert found.phone_mask == "199****0001"
    assert found.skills == ["急救", "摄影"]
    assert (found.source, found.consent_on) == ("form", CONSENT.on)
    assert found.consent_evidence == CONSENT.evidence
    assert found.registered_by_id == actor.scope.user
    assert len(found.number) == 10
    assert NUMBER.encode() not in bytes(identity.number_sealed)
    sealed = unseal(identity.number_sealed, context=identity_context(made.pk, "number_sealed"))
    phone = unseal(identity.phone_sealed, context=identity_context(made.pk, "phone_sealed"))
    assert (sealed, phone) == (NUMBER, "19900000001")


def test_passport_is_taken_with_the_birth_date_and_gender_that_it_does_not_say(cast: Cast) -> None:
    actor = cast.county_441802
    paper = Document(DocumentKind.PASSPORT, "e 1234567", date(1990, 2, 3), Gender.FEMALE)
    with acting_as(actor.scope):
        made = register(actor, cast.committee("441802009"), document=paper, name="Anna Sól")
    assert (made.birth_date, made.gender) == (date(1990, 2, 3), Gender.FEMALE)
    assert made.identity_mask == "E1****67"


def test_minor_is_registered_with_a_guardian_who_consented(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        made = register(
            actor,
            cast.committee("441802009"),
            document=card(identity_number(1, born=CHILD)),
            guardian=GUARDIAN,
        )
        identity = VolunteerIdentity.objects.get(pk=made.pk)
    assert (made.guardian_name, made.guardian_phone_mask) == ("陈父", "199****1111")
    assert made.guardian_consent_on == GUARDIAN.consent_on
    assert identity.guardian_phone_sealed is not None


def test_guardian_of_an_adult_is_not_kept(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        made = register(actor, cast.committee("441802009"), guardian=GUARDIAN)
        identity = VolunteerIdentity.objects.get(pk=made.pk)
    assert (made.guardian_name, made.guardian_phone_mask) == ("", "")
    assert (made.guardian_consent_on, identity.guardian_phone_sealed) == (None, None)


@pytest.mark.parametrize(
    ("born", "needs_guardian"),
    [
        (date(2008, 6, 1), False),
        (date(2008, 6, 2), True),
    ],
)
def test_guardian_is_needed_up_to_the_eighteenth_birthday(
    cast: Cast, born: date, *, needs_guardian: bool
) -> None:
    actor = cast.recorder_441802
    document = card(identity_number(1, born=born))
    with acting_as(actor.scope):
        if needs_guardian:
            with pytest.raises(Refusal, match="under 18"):
                register(actor, cast.committee("441802009"), document=document)
        else:
            assert register(actor, cast.committee("441802009"), document=document).pk


@pytest.mark.parametrize(
    ("guardian", "expected"),
    [
        (Guardian(consent_on=TODAY), ("guardian_phone_missing", "guardian_phone")),
        (Guardian(phone="123", consent_on=TODAY), ("guardian_phone_unknown", "guardian_phone")),
        (Guardian(phone="19900001111"), ("guardian_consent_missing", "guardian_consent_on")),
        (
            Guardian(phone="19900001111", consent_on=date(2026, 6, 2)),
            ("guardian_consent_on_in_future", "guardian_consent_on"),
        ),
    ],
)
def test_minor_without_consent_is_refused(
    cast: Cast, guardian: Guardian, expected: tuple[str, str]
) -> None:
    document = card(identity_number(1, born=CHILD))
    assert refusal(cast, document=document, guardian=guardian) == expected


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        ({"name": "  "}, ("name_missing", "name")),
        ({"name": "刘" * 51}, ("name_too_long", "name")),
        ({"phone": ""}, ("phone_missing", "phone")),
        ({"phone": "1990000000"}, ("phone_length", "phone")),
        ({"document": card(NUMBER[:17])}, ("number_length", "number")),
        ({"document": card("11010519491231002" + "1")}, ("number_check_digit", "number")),
        (
            {"document": Document(DocumentKind.RESIDENCE_PERMIT, NUMBER)},
            ("number_kind", "number"),
        ),
        (
            {"document": Document(DocumentKind.IDENTITY_CARD, NUMBER, date(1995, 4, 2))},
            ("birth_date_differs", "birth_date"),
        ),
        (
            {"document": Document(DocumentKind.IDENTITY_CARD, NUMBER, None, Gender.FEMALE)},
            ("gender_differs", "gender"),
        ),
        (
            {"document": Document(DocumentKind.PASSPORT, "E1234567")},
            ("birth_date_missing", "birth_date"),
        ),
        (
            {"document": Document(DocumentKind.PASSPORT, "E1234567", date(1990, 1, 1))},
            ("gender_missing", "gender"),
        ),
        (
            {"document": Document(DocumentKind.PASSPORT, "E1234567", date(2027, 1, 1))},
            ("birth_date_impossible", "birth_date"),
        ),
        ({"consent": Consent(TODAY, " ")}, ("consent_evidence_missing", "consent_evidence")),
        ({"consent": Consent(date(2026, 6, 2), "表")}, ("consent_on_in_future", "consent_on")),
        ({"registered_on": date(2026, 6, 2)}, ("registered_on_in_future", "registered_on")),
        ({"registered_on": date(1995, 4, 1)}, ("registered_before_birth", "registered_on")),
        ({"political_status": "团" * 21}, ("political_status_too_long", "political_status")),
        ({"skills": ["急" * 31]}, ("skills_too_long", "skills")),
        ({"skills": [f"第{n}项" for n in range(21)]}, ("too_many_skills", "skills")),
    ],
)
def test_what_the_rules_do_not_allow_is_refused(
    cast: Cast, changes: dict[str, object], expected: tuple[str, str]
) -> None:
    assert refusal(cast, **changes) == expected


@pytest.mark.parametrize("code", ["441802", "440606103", "4418"])
def test_committee_is_a_township_below_the_own_one(cast: Cast, code: str) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        register(actor, cast.committee(code))
    assert refused.value.field == "committee"


def test_closed_township_takes_nobody(cast: Cast) -> None:
    township = cast.committee("441802009")
    with as_owner():
        type(township).objects.filter(pk=township.pk).update(closed_on=TODAY)
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        register(actor, township)
    assert refused.value.code == "committee_closed"


def test_auditor_registers_nobody(cast: Cast) -> None:
    actor = cast.province_auditor
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        register(actor, cast.committee("441802009"))


def test_number_registered_inside_the_scope_leads_to_the_person(cast: Cast) -> None:
    known = registered(cast.committee("441802103"), number=NUMBER, name="陈军")
    actor = cast.county_441802
    with acting_as(actor.scope):
        with pytest.raises(AlreadyRegistered) as refused:
            register(actor, cast.committee("441802009"), document=card(NUMBER))
        assert "陈军" in str(refused.value)
        assert known.number in str(refused.value)
        assert refused.value.volunteer == known
        # The failed insert was undone, the scope goes on.
        assert Volunteer.objects.filter(name="刘霞明").count() == 0


def test_number_registered_elsewhere_says_that_and_what_to_do_and_no_more(cast: Cast) -> None:
    known = registered(cast.committee("441802009"), number=NUMBER, name="陈军")
    actor = cast.county_440606
    with acting_as(actor.scope), capture_logs() as logs:
        with pytest.raises(AlreadyRegistered) as refused:
            register(actor, cast.committee("440606103"), document=card(NUMBER))
        assert Volunteer.objects.count() == 0
    said = str(refused.value)
    assert refused.value.volunteer is None
    assert "outside yours" in said
    assert "ask below to have it settled" in said
    for told in (known.name, known.number, "清城", "清远", "横荷", NUMBER):
        assert told not in said
    (logged,) = [entry for entry in logs if entry["event"] == "number_already_registered"]
    assert (logged["user"], logged["in_scope"]) == (actor.scope.user, False)
    assert NUMBER not in str(logged)


def test_form_sent_twice_registers_once(cast: Cast) -> None:
    actor, nonce = cast.recorder_441802, uuid4()
    with acting_as(actor.scope):
        first = register(actor, cast.committee("441802009"), nonce=nonce)
    with acting_as(actor.scope):
        assert register(actor, cast.committee("441802009"), nonce=nonce) == first
        assert Volunteer.objects.filter(name="刘霞明").count() == 1


def test_number_stays_unique_only_by_its_index(cast: Cast) -> None:
    """Negative control: without the unique index the same number is registered twice."""
    registered(cast.committee("441802103"), number=NUMBER)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute(
            "SELECT conname FROM pg_constraint WHERE conrelid = 'volunteers_volunteeridentity'"
            "::regclass AND contype = 'u' AND conname LIKE '%number_index%'"
        )
        (name,) = cursor.fetchone()
        cursor.execute(f'ALTER TABLE volunteers_volunteeridentity DROP CONSTRAINT "{name}"')
    actor = cast.county_441802
    with acting_as(actor.scope):
        assert register(actor, cast.committee("441802009"), document=card(NUMBER)).pk
