"""Columns that are closed to roles which may read the rest of the row."""

from __future__ import annotations

import pytest
from django.db import ProgrammingError, connection, transaction
from psycopg import sql
from psycopg.errors import InsufficientPrivilege

from core.tenancy.roles import Role
from core.tenancy.scope import acting_as
from tests.isolation.places import World
from tests.isolation.reaches import scope_of

# Whom to ask at an organisation, and what the office writes of it.
INTERNAL = ("responsible_person", "notes", "reported_volunteers")
OUTSIDE = (Role.VOLUNTEER, Role.MERCHANT, Role.PUBLIC)


def may_read(world: World, role: Role, column: str) -> bool:
    scope = scope_of(world, role)
    assert scope is not None
    query = sql.SQL("SELECT {} FROM organizations_organization").format(sql.Identifier(column))
    with acting_as(scope), connection.cursor() as cursor:
        try:
            with transaction.atomic():
                cursor.execute(query)
        except ProgrammingError as error:
            if not isinstance(error.__cause__, InsufficientPrivilege):
                raise
            return False
        return bool(cursor.fetchall())


@pytest.mark.parametrize("role", OUTSIDE)
def test_organisations_show_their_name_to_everybody_and_no_more(world: World, role: Role) -> None:
    assert may_read(world, role, "name")
    assert [column for column in INTERNAL if may_read(world, role, column)] == []


@pytest.mark.parametrize("role", [Role.TIER1, Role.TIER3, Role.LEADER])
def test_staff_and_leaders_read_all_of_their_organisations(world: World, role: Role) -> None:
    assert [column for column in INTERNAL if not may_read(world, role, column)] == []
