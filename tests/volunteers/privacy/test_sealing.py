"""Whoever is sealed away is sealed away everywhere, the append-only histories among it."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from django.db import Error, connection, transaction

from core.tenancy.scope import acting_as, because
from organizations.family.models import FamilyTie
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import (
    ServiceRecordFactory,
    UserFactory,
    VolunteerFactory,
    VolunteerIdentityFactory,
)
from tests.volunteers.signups.arranging import another, call
from volunteers.duplicates.domain import merge_volunteers
from volunteers.hours.models import ServiceRecord
from volunteers.privacy.domain.erasing import seal_due_entries
from volunteers.privacy.models import Consent, ConsentText, PrivacyRequest, RetainedIdentity
from volunteers.registry.models import Volunteer
from volunteers.registry.ownership import PERSONAL
from volunteers.signups.domain import sign_up

NAME, GUARDIAN = "欧阳查无此人", "欧阳监护"


@pytest.fixture
def gone(cast: Cast) -> Volunteer:
    """Somebody with a past: renamed, consented, served, merged, and erased by now."""
    with as_owner():
        person: Volunteer = VolunteerFactory(
            committee=cast.committee("441802009"), name=NAME, guardian_name=GUARDIAN
        )
        merged = VolunteerFactory(
            committee=person.committee, name=NAME, state="merged", merged_into=person
        )
        for each in (person, merged):
            VolunteerIdentityFactory(volunteer=each)
        ServiceRecordFactory(volunteer=person, volunteer_name=NAME, committee=cast.committee("44"))
        text = ConsentText.objects.create(kind="own", committee=None, version=78)
        own = {"volunteer": person, "committee": person.committee}
        Consent.objects.create(kind="own", text=text, given_by=NAME, how="account", **own)
        FamilyTie.objects.create(
            user=UserFactory(username="parent"), volunteer_id=person.pk, child_name=NAME,
            until=date(2040, 1, 1),
        )  # fmt: skip
        PrivacyRequest.objects.create(
            kind="erasure", message=NAME, asked_by_label=NAME, due_on=date(2026, 1, 1), **own
        )
    actor = cast.county_441802
    with acting_as(actor.scope), because("改名"):
        Volunteer.objects.filter(pk=person.pk).update(political_status="共青团员")
    assert seal_due_entries() == 1
    return person


def everything_that_names(words: str) -> list[str]:
    """Tables of which some row still has the words in it."""
    found = []
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT tablename FROM pg_tables WHERE schemaname = current_schema()")
        for (table,) in cursor.fetchall():
            cursor.execute(
                f'SELECT count(*) FROM "{table}" t WHERE to_jsonb(t)::text LIKE %s',
                [f"%{words}%"],
            )
            if cursor.fetchone()[0]:
                found.append(table)
    return found


def test_no_row_of_any_table_names_who_was_sealed_away(gone: Volunteer) -> None:
    assert everything_that_names(NAME) == []
    assert everything_that_names(GUARDIAN) == []
    with as_owner():
        assert RetainedIdentity.objects.count() == 2
        assert FamilyTie.objects.get().ended_at is not None


def due(person: Volunteer) -> None:
    """The fifteen days are over."""
    with as_owner():
        PrivacyRequest.objects.create(
            volunteer=person, committee=person.committee, kind="erasure", due_on=date(2026, 1, 1)
        )


def test_who_signed_up_is_sealed_away(cast: Cast) -> None:
    shift, actor = call(cast), another(cast, name=NAME)
    with as_owner():
        person = Volunteer.objects.get(pk=actor.scope.volunteer or 0)
        VolunteerIdentityFactory(volunteer=person)
    with acting_as(actor.scope):
        sign_up(shift, actor=actor)
    due(person)
    assert seal_due_entries() == 1
    assert everything_that_names(NAME) == []


def test_history_of_records_that_came_by_a_merge_is_sealed_away(cast: Cast) -> None:
    officer = cast.county_441802
    with as_owner():
        place = cast.committee("441802009")
        person, merged = (VolunteerFactory(committee=place, name=NAME) for _each in range(2))
        for each in (person, merged):
            VolunteerIdentityFactory(volunteer=each)
        ServiceRecordFactory(volunteer=merged, volunteer_name=NAME, committee=place)
    with acting_as(officer.scope), because("改说明"):
        ServiceRecord.objects.filter(volunteer=merged).update(note="改过")
    with acting_as(officer.scope):
        entries = Volunteer.objects.in_bulk([person.pk, merged.pk])
        merge_volunteers(entries[person.pk], entries[merged.pk], actor=officer, reason="同一人")
    due(person)
    assert seal_due_entries() == 1
    assert everything_that_names(NAME) == []


def test_histories_that_tell_who_somebody_was_bear_being_sealed(db: None) -> None:
    histories = {f"{each.table}history" for each in PERSONAL if each.history}
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT g.tgrelid::regclass::text FROM pg_trigger g JOIN pg_proc p ON p.oid = g.tgfoid"
            " WHERE g.tgname LIKE 'pgtrigger_append_only%'"
            " AND p.prosrc LIKE '%volunteers_only_sealed%'"
        )
        assert {table for (table,) in cursor.fetchall()} == histories


def test_entry_that_cannot_be_sealed_keeps_nobody_waiting(cast: Cast) -> None:
    with as_owner():
        stuck = VolunteerFactory(
            committee=cast.committee("441802009"), state="merged", merged_into=cast.volunteer
        )
        due = VolunteerFactory(committee=cast.committee("441802009"), name="到期")
        for each in (stuck, due):
            VolunteerIdentityFactory(volunteer=each)
            PrivacyRequest.objects.create(
                volunteer=each, committee=each.committee, kind="disowned", asked_by_label="本人",
                due_on=date(2026, 1, 1),
            )  # fmt: skip
    assert seal_due_entries() == 1
    with as_owner():
        assert Volunteer.objects.get(pk=due.pk).state == "erased"


def test_entry_that_the_database_refuses_is_a_fault_and_keeps_nobody_waiting(cast: Cast) -> None:
    with as_owner():
        stuck, person = (
            VolunteerFactory(committee=cast.committee("441802009")) for _each in range(2)
        )
        with connection.cursor() as cursor:
            cursor.execute(
                f"SET CONSTRAINTS ALL IMMEDIATE; SET CONSTRAINTS ALL DEFERRED;"
                f" ALTER TABLE volunteers_volunteer ADD CONSTRAINT never CHECK"
                f" (id <> {stuck.pk} OR state <> 'erased') NOT VALID"
            )
    for each in (stuck, person):
        with as_owner():
            VolunteerIdentityFactory(volunteer=each)
        due(each)
    with pytest.raises(ExceptionGroup, match="1 entries sealed, 1 refused"):
        seal_due_entries()
    with as_owner():
        assert Volunteer.objects.get(pk=stuck.pk).state == "active"
        assert Volunteer.objects.get(pk=person.pk).state == "erased"


def test_history_keeps_what_happened_when_and_by_whom(cast: Cast, gone: Volunteer) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT name, birth_date, pgh_context::text FROM volunteers_volunteerhistory"
            " WHERE pgh_obj_id = %s ORDER BY pgh_id",
            [gone.pk],
        )
        (name, born, context), *_later = cursor.fetchall()
    assert (name, born.month, born.day) == ("已注销", 1, 1)
    said: dict[str, Any] = json.loads(context)
    assert (said["reason"], said["label"]) == ("改名", cast.county_441802.label)


@pytest.mark.parametrize(
    "change",
    [
        "name = '别人'",
        "state = 'paused'",
        "pgh_created_at = '2020-01-01'",
        "birth_date = '1999-09-09'",
        "pgh_context = jsonb_set(pgh_context, '{reason}', '\"别的\"')",
    ],
)
def test_history_of_who_was_sealed_away_bears_no_other_change(gone: Volunteer, change: str) -> None:
    with as_owner(), pytest.raises(Error, match="Cannot update or delete"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                f"UPDATE volunteers_volunteerhistory SET {change} WHERE pgh_obj_id = %s",
                [gone.pk],
            )


def test_history_of_who_was_not_sealed_away_bears_none(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(political_status="群众")
    with as_owner(), connection.cursor() as cursor:
        for statement in (
            "UPDATE volunteers_volunteerhistory SET guardian_name = '' , phone_mask = ''"
            " WHERE pgh_obj_id = %s",
            "SELECT volunteers_seal_names(%s, '')",
        ):
            with pytest.raises(Error, match=r"Cannot update or delete|only who has been sealed"):
                with transaction.atomic():
                    cursor.execute(statement, [cast.volunteer.pk])


def test_columns_that_tell_who_somebody_was_are_there(db: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT table_name, column_name FROM information_schema.columns")
        there = set(cursor.fetchall())
        cursor.execute("SELECT tab, col, how FROM volunteers_personal_columns()")
        told = set(cursor.fetchall())
    declared = {
        (each.table, column, how)
        for each in PERSONAL
        for how in ("named", "emptied", "signed")
        for column in getattr(each, how)
    }
    assert told == declared, "the database has not been told: add InstallReferences()"
    histories = {f"{each.table}history" for each in PERSONAL if each.history}
    columns = {(table, column) for table, column, _how in declared}
    assert columns - there == set()
    assert histories - {table for table, _column in there} == set()
