"""Every role meets every table with row-level security: what it reaches, and nothing else."""

from __future__ import annotations

import pytest
from django.db import connection

from core.tenancy.roles import Role
from tests.database import as_owner
from tests.isolation.catalogue import tables_with_row_security
from tests.isolation.places import World
from tests.isolation.reaches import ROLES, findings_of_reaches, reaches


@pytest.mark.parametrize("role", ROLES)
def test_role_reaches_exactly_what_the_table_says(world: World, role: str) -> None:
    assert findings_of_reaches(world, role) == []


def test_every_table_with_row_security_is_judged(world: World) -> None:
    bound = tables_with_row_security()
    assert bound - reaches().keys() == set(), "add a line to REACHES"
    assert reaches().keys() - bound == set(), "REACHES names a table that has no policies"
    assert bound - world.rows.keys() == set(), "add a row to tests/isolation/places.py"


# Statements that open something, and the finding that must follow for the role.
OPENINGS = {
    "a policy that lets a county see everything": (
        "CREATE POLICY leak ON volunteers_volunteer FOR SELECT TO portal_tier3 USING (true)",
        Role.TIER3,
        "portal_tier3 SELECT volunteers_volunteer",
    ),
    "a policy that lets a township write anywhere": (
        "CREATE POLICY leak ON volunteers_servicerecord FOR INSERT TO portal_tier4"
        " WITH CHECK (true)",
        Role.TIER4,
        "portal_tier4 INSERT volunteers_servicerecord",
    ),
    "a table without row-level security": (
        "ALTER TABLE volunteers_hourssheet DISABLE ROW LEVEL SECURITY",
        Role.TIER2,
        "portal_tier2 UPDATE volunteers_hourssheet",
    ),
    "a role that looks past the policies": (
        "ALTER ROLE portal_volunteer BYPASSRLS",
        Role.VOLUNTEER,
        "portal_volunteer SELECT volunteers_servicerecord",
    ),
    "a privilege that nobody declared": (
        "GRANT DELETE ON volunteers_servicerecord TO portal_tier1",
        Role.TIER1,
        "portal_tier1 DELETE volunteers_servicerecord",
    ),
    "a history that anybody may write": (
        "CREATE POLICY leak ON volunteers_servicerecordhistory FOR INSERT TO portal_public"
        " WITH CHECK (true)",
        Role.PUBLIC,
        "portal_public INSERT volunteers_servicerecordhistory",
    ),
    "a login role that reads tenants' tables": (
        "GRANT SELECT ON volunteers_volunteer TO portal_login",
        "portal_login",
        "portal_login SELECT volunteers_volunteer",
    ),
    "a policy that is gone": (
        "DROP POLICY portal_tier3 ON volunteers_volunteer",
        Role.TIER3,
        "portal_tier3 SELECT volunteers_volunteer",
    ),
}


@pytest.mark.parametrize("opening", OPENINGS)
def test_opening_is_found(world: World, opening: str) -> None:
    statement, role, beginning = OPENINGS[opening]
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SET CONSTRAINTS ALL IMMEDIATE"
        )  # a table with pending checks cannot be altered
        cursor.execute(statement)
    found = findings_of_reaches(world, role)
    assert any(finding.startswith(beginning) for finding in found), found
