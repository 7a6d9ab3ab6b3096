"""What could tell of hidden rows without showing them: counts, joins, keys, messages, oracles."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import psycopg
import pytest
from django.db import Error, IntegrityError, connection, transaction
from django.db.models import Count, Exists, OuterRef, Sum

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, blind_index
from core.tenancy.roles import Role
from core.tenancy.scope import Scope, acting_as
from organizations.accounts.models import Membership, User
from organizations.committees.models import Committee
from organizations.ledger.models import Organization
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory
from tests.isolation.catalogue import rows_of
from tests.isolation.places import Place, World
from tests.isolation.reaches import SUBTREES, scope_of
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer, VolunteerIdentity

COUNTY = Role.TIER3


def county(world: World) -> Scope:
    scope = scope_of(world, COUNTY)
    assert scope is not None
    return scope


@pytest.fixture
def visit(world: World) -> ServiceRecord:
    """A person of another city has served here: the county keeps the record, not the person."""
    with as_owner():
        record: ServiceRecord = ServiceRecordFactory(
            volunteer=world.people[Place.OTHER_CITY].volunteer,
            # Before any day that the factory gives by itself: their own record may be of that day.
            served_on=date(2025, 6, 1),
            committee=world.committee(Place.MINE),
            sheet=HoursSheetFactory(committee=world.committee(Place.MINE)),
        )
    return record


def seen_people(world: World) -> int:
    return 2 * len(SUBTREES[COUNTY]) + 1  # each with a spare one, and the cast's volunteer


def test_counts_and_sums_end_at_the_scope(world: World) -> None:
    with as_owner():
        everybody = Volunteer.objects.count()
    with acting_as(county(world)):
        assert Volunteer.objects.count() == seen_people(world) < everybody
        minutes = ServiceRecord.objects.aggregate(Sum("minutes"))["minutes__sum"]
        groups = list(Volunteer.objects.values("tier2").annotate(Count("pk")))
    assert minutes == 120 * len(SUBTREES[COUNTY])
    assert len(groups) == 1


def test_joins_show_no_hidden_row(world: World, visit: ServiceRecord) -> None:
    with acting_as(county(world)):
        assert ServiceRecord.objects.filter(pk=visit.pk).exists()
        assert not ServiceRecord.objects.filter(pk=visit.pk, volunteer__name__gt="").exists()
        assert not Membership.objects.filter(user__username="isolation-other_city").exists()
        assert not User.objects.filter(memberships__committee__code="440606103").exists()


def test_key_of_a_hidden_row_proves_nothing(world: World, visit: ServiceRecord) -> None:
    person = Volunteer.objects.filter(pk=OuterRef("volunteer_id"))
    with acting_as(county(world)):
        record = ServiceRecord.objects.annotate(known=Exists(person)).get(pk=visit.pk)
    assert record.known is False  # type: ignore[attr-defined]


def test_identity_is_not_found_by_its_index(world: World) -> None:
    """The index of a number can be computed by any code here; the row stays hidden."""
    foreign = world.people[Place.OTHER_CITY].volunteer
    with as_owner():
        stored = bytes(VolunteerIdentity.objects.get(volunteer=foreign).number_index)
    with acting_as(county(world)):
        assert not VolunteerIdentity.objects.filter(number_index=stored).exists()
        assert VolunteerIdentity.objects.count() == len(SUBTREES[COUNTY])


def _same_number(world: World) -> None:
    foreign = world.people[Place.OTHER_CITY].volunteer
    Volunteer.objects.filter(pk=world.people[Place.MINE].volunteer.pk).update(number=foreign.number)


def _same_code(world: World) -> None:
    Committee.objects.filter(code="441802009").update(code="440606103")


def _overlap(world: World) -> None:
    theirs = world.people[Place.OTHER_CITY].record
    ServiceRecord.objects.filter(pk=world.people[Place.MINE].record.pk).update(
        volunteer_id=theirs.volunteer_id, during=theirs.during
    )


def _same_nonce(world: World) -> None:
    ServiceRecord.objects.filter(pk=world.people[Place.MINE].record.pk).update(
        nonce="00000000-0000-0000-0000-000000000001"
    )


COLLISIONS: dict[str, Callable[[World], None]] = {
    "portal number": _same_number,
    "code": _same_code,
    "overlapping time": _overlap,
    "nonce": _same_nonce,
}


@pytest.mark.parametrize("collision", COLLISIONS)
def test_collision_with_a_hidden_row_names_no_value(world: World, collision: str) -> None:
    with as_owner():
        ServiceRecord.objects.filter(pk=world.people[Place.OTHER_CITY].record.pk).update(
            nonce="00000000-0000-0000-0000-000000000001"
        )
    with acting_as(county(world)), pytest.raises(IntegrityError) as refused:
        with transaction.atomic():
            COLLISIONS[collision](world)
    cause = refused.value.__cause__
    assert isinstance(cause, psycopg.Error)
    assert cause.diag.message_detail in {None, "Key conflicts with existing key."}


def test_collision_without_policies_names_values(world: World) -> None:
    """The control: the same collision tells its values as soon as the guard is off."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE organizations_committee DISABLE ROW LEVEL SECURITY")
    with acting_as(county(world)), pytest.raises(IntegrityError, match="440606103"):
        with transaction.atomic():
            _same_code(world)


def test_failing_row_shows_only_itself(world: World) -> None:
    with acting_as(county(world)), pytest.raises(IntegrityError) as refused:
        with transaction.atomic():
            ServiceRecord.objects.filter(pk=world.people[Place.MINE].record.pk).update(minutes=0)
    assert not any(place.mark in str(refused.value) for place in set(Place) - {Place.MINE})


def visitors(numbers: list[bytes], names: list[str]) -> list[tuple[object, ...]]:
    return rows_of("SELECT id, number FROM volunteers_find_visitors(%s, %s)", [numbers, names])


def test_visitor_is_found_by_number_and_name_together_only(world: World) -> None:
    person = world.people[Place.OTHER_CITY].volunteer
    with as_owner():
        index = bytes(VolunteerIdentity.objects.get(volunteer=person).number_index)
    with acting_as(county(world)):
        assert visitors([index], [person.name]) == [(person.pk, person.number)]
        for name in ("", "%", person.name[:2], f"{person.name}%"):
            assert visitors([index], [name]) == []
        phone = blind_index("19900000000", purpose=PHONE)
        unknown = blind_index("449900199504010007", purpose=IDENTITY_NUMBER)
        assert visitors([phone, unknown], [person.name, person.name]) == []


@pytest.mark.parametrize("role", ["portal_volunteer", "portal_leader", "portal_public"])
@pytest.mark.parametrize(
    "call",
    [
        "SELECT volunteers_find_visitors('{}', '{}')",
        "SELECT volunteers_day_has_room(1, '2026-05-01', 1, NULL)",
        "SELECT organizations_serves_only_below(1, '0001')",
        "SELECT volunteers_next_number()",
        "SELECT volunteers_acts_for('0001')",
    ],
)
def test_functions_past_the_policies_are_closed_to_persons(
    world: World, role: str, call: str
) -> None:
    scope = scope_of(world, role)
    assert scope is not None
    with acting_as(scope), pytest.raises(Error, match="permission denied for function"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(call)


def test_lock_finds_no_hidden_row(world: World) -> None:
    foreign = world.people[Place.OTHER_CITY].record
    with acting_as(county(world)):
        assert not ServiceRecord.objects.select_for_update().filter(pk=foreign.pk).exists()
        assert ServiceRecord.objects.filter(pk=foreign.pk).update(note="x") == 0


def test_function_in_a_filter_does_not_see_hidden_rows(world: World) -> None:
    """A function that is not leakproof runs after the policies: it cannot print what it meets."""
    with acting_as(county(world)), connection.cursor() as cursor:
        cursor.execute(
            "CREATE FUNCTION pg_temp.meet(name text) RETURNS boolean LANGUAGE plpgsql COST 0.0001"
            " AS $$ BEGIN IF name LIKE %s THEN RAISE EXCEPTION 'met %%', name; END IF;"
            " RETURN true; END $$",
            [f"%{Place.OTHER_CITY.mark}%"],
        )
        cursor.execute("SELECT count(*) FROM volunteers_volunteer WHERE pg_temp.meet(name)")
        assert cursor.fetchone() == (seen_people(world),)


def test_public_record_is_no_more_than_names_of_bodies(world: World) -> None:
    """Committees and organisations are public; who serves in them is not asked through them."""
    scope = scope_of(world, "portal_public")
    assert scope is not None
    with acting_as(scope):
        assert Organization.objects.exists()
        for table in ("organizations_user", "organizations_membership", "volunteers_volunteer"):
            with pytest.raises(Error, match="permission denied"):
                with transaction.atomic():
                    rows_of(f"SELECT count(*) FROM {table}")
