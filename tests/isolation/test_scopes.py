"""Scopes that are missing, damaged or merely alike reach nothing; nobody leaves the own one."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import Error, connection, transaction
from psycopg import sql

from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role
from core.tenancy.scope import Scope, acting_as
from tests.database import as_owner
from tests.isolation.catalogue import rows_of
from tests.isolation.places import Place, World
from tests.isolation.reaches import reaches, scope_of

# Texts that everybody is shown before agreeing to them.
PUBLISHED = {"volunteers_consenttext", "volunteers_project", "volunteers_station"}
# What the public may read anyhow, with no scope at all.
# Of these no member may change the committee at all: only other columns are granted.
FASTENED = {"volunteers_feedback", "volunteers_teammember"}
PUBLIC_RECORD = {"organizations_committee", "organizations_organization", *PUBLISHED}

DAMAGED = {
    "unset": None,
    "empty": "",
    "cut off": "0001000",
    "cut off at the first tier": "000",
    "one character": "0",
    "of no committee": "zzzzzzzz",
    "a tier too deep": "00010001000100010001",
    "a wildcard": "%",
    "another alphabet": "0001000A",
    "with a space": "0001 ",
}


@contextmanager
def raw_scope(role: str, settings: dict[str, str | None]) -> Iterator[None]:
    """Sets role and settings by hand, as broken code would."""
    with transaction.atomic(), connection.cursor() as cursor:
        for name, value in settings.items():
            if value is not None:
                cursor.execute("SELECT set_config(%s, %s, true)", [name, value])
        cursor.execute("SELECT set_config('role', %s, true)", [role])
        yield
        cursor.execute("RESET ROLE")
        transaction.set_rollback(True)


def reached_tables() -> set[str]:
    """The guarded tables of which any row is seen, or may be changed, with what is set."""
    found = set()
    for table in reaches():
        if rows_of("SELECT has_any_column_privilege(%s, 'SELECT')", [table]) == [(True,)]:
            query = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(table))
            with connection.cursor() as cursor:
                cursor.execute(query)
                if cursor.fetchone() != (0,):
                    found.add(table)
    return found


@pytest.mark.parametrize("damage", DAMAGED)
@pytest.mark.parametrize("role", STAFF_ROLES)
def test_damaged_scope_of_staff_reaches_nothing(world: World, role: Role, damage: str) -> None:
    with raw_scope(role, {"portal.committee": DAMAGED[damage]}):
        assert reached_tables() <= PUBLISHED


@pytest.mark.parametrize("role", STAFF_ROLES)
def test_whole_scope_reaches_rows(world: World, role: Role) -> None:
    """The control: with the committee unharmed the same question finds rows."""
    scope = scope_of(world, role)
    assert scope is not None
    with raw_scope(role, {"portal.committee": scope.committee}):
        assert {"volunteers_volunteer", "volunteers_hourssheet"} <= reached_tables()


@pytest.mark.parametrize("role", [Role.LEADER, Role.VOLUNTEER, Role.MERCHANT, Role.PUBLIC])
@pytest.mark.parametrize("empty", [None, ""])
def test_person_without_keys_reaches_the_public_record_only(
    world: World, role: Role, empty: str | None
) -> None:
    settings: dict[str, str | None] = dict.fromkeys(
        (
            "portal.committee",
            "portal.user",
            "portal.volunteer",
            "portal.organizations",
            "portal.merchant",
        ),
        empty,
    )
    with raw_scope(role, settings):
        assert reached_tables() <= PUBLIC_RECORD


@pytest.mark.parametrize("committee", ["0001000", "000", "0001000A", "%", "0001 ", "0001{"])
def test_scope_with_a_damaged_committee_is_an_error(committee: str) -> None:
    with pytest.raises(ValueError, match="path key"):
        Scope(role=Role.TIER2, committee=committee)


def test_committee_of_another_tier_reaches_no_large_table(world: World) -> None:
    """A county's role with a city's key is a fault: tiers are equalities, so nothing matches."""
    city = world.cast.committee("4418").path
    with raw_scope(Role.TIER3, {"portal.committee": city}):
        assert not reached_tables() & {
            "volunteers_volunteer",
            "volunteers_servicerecord",
            "volunteers_volunteeridentity",
        }


def test_row_does_not_move_out_of_the_scope(world: World) -> None:
    scope = scope_of(world, Role.TIER3)
    assert scope is not None
    foreign = world.people[Place.OTHER_CITY]
    moves: dict[str, str | int] = {
        "committee_id": world.committee(Place.OTHER_CITY).path,
        "committee_path": world.committee(Place.OTHER_CITY).path,
        "path": "0002zzzz",
        "user_id": foreign.user.pk,
    }
    tried = set()
    for table, letters in reaches().items():
        if letters["tiers"][2] == "-" or table == "organizations_user":
            continue
        guarded = "user_id" if table == "core_job" else "committee_id"
        column = "path" if table == "organizations_committee" else guarded
        query = sql.SQL("UPDATE {} SET {} = %s WHERE true").format(
            sql.Identifier(table), sql.Identifier(column)
        )
        refusal = "permission denied" if table in FASTENED else "row-level security"
        with acting_as(scope), pytest.raises(Error, match=refusal):
            with transaction.atomic(), connection.cursor() as cursor:
                cursor.execute(query, [moves[column]])
        tried.add(table)
    assert {"core_job", "volunteers_servicerecord", "organizations_membership"} <= tried


def test_nobody_becomes_more_than_an_actor(db: None) -> None:
    """As documented: the login role may become any actor, and nothing beyond them."""
    stronger = [
        name
        for (name,) in rows_of(
            "SELECT rolname FROM pg_roles WHERE pg_has_role(%s, oid, 'MEMBER')"
            " AND rolname <> %s AND rolname <> ALL(%s)",
            [LOGIN_ROLE, LOGIN_ROLE, [str(role) for role in Role]],
        )
    ]
    assert stronger == []


@pytest.mark.parametrize("target", ["portal_backup", "pg_read_all_data", "pg_write_all_data"])
def test_set_role_to_a_powerful_role_is_refused(db: None, target: str) -> None:
    with pytest.raises(Error, match="permission denied to set role"):
        with raw_scope(target, {}):
            pass


@pytest.mark.parametrize("role", Role)
def test_actor_changes_to_another_actor_only_through_the_login(db: None, role: Role) -> None:
    """Policies guard against forgotten filters, not against injected SQL; docs say so."""
    with raw_scope(role, {}):
        assert rows_of("SELECT current_user, session_user") == [(str(role), LOGIN_ROLE)]
        with connection.cursor() as cursor:
            cursor.execute("SELECT set_config('role', 'portal_job', true)")
        assert rows_of("SELECT current_user") == [("portal_job",)]


def test_row_security_cannot_be_switched_off(world: World) -> None:
    """The setting only turns a filtered answer into an error."""
    scope = scope_of(world, Role.TIER3)
    assert scope is not None
    with acting_as(scope), pytest.raises(Error, match="would be affected by row-level security"):
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET LOCAL row_security = off")
            cursor.execute("SELECT count(*) FROM volunteers_volunteer")


def test_statistics_of_the_planner_show_nothing(world: World) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ANALYZE volunteers_volunteer")
        cursor.execute("SELECT count(*) FROM pg_stats WHERE tablename = 'volunteers_volunteer'")
        assert cursor.fetchone() != (0,)
    scope = scope_of(world, Role.TIER3)
    assert scope is not None
    with acting_as(scope):
        assert rows_of(
            "SELECT count(*) FROM pg_stats WHERE tablename = 'volunteers_volunteer'"
        ) == [(0,)]
