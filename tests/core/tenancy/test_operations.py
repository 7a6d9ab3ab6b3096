"""The migration operation brings a table to what is declared, and takes it all away again."""

from __future__ import annotations

from collections.abc import Sequence

import pytest
from django.db import connection
from django.db.migrations.state import ProjectState

from core.tenancy.operations import InstallPolicies
from core.tenancy.policies import Policy, TablePolicies, history_of, subtree_policies
from core.tenancy.roles import LOGIN_ROLE, STAFF_ROLES, Role
from tests.database import as_owner

TABLES: Sequence[TablePolicies] = [
    TablePolicies(
        table="scratch",
        grants=[("SELECT, INSERT", STAFF_ROLES), ("SELECT, UPDATE (note)", [Role.JOB])],
        policies=subtree_policies(),
    )
]
NARROWER: Sequence[TablePolicies] = [
    TablePolicies(
        table="scratch",
        grants=[("SELECT", [Role.TIER1])],
        policies=[Policy("only", [Role.TIER1], "false", "SELECT")],
    )
]
NOBODYS: Sequence[TablePolicies] = [
    TablePolicies(table="scratch", grants=[("SELECT", [LOGIN_ROLE])])
]
_GUARDS = "SELECT relrowsecurity, relforcerowsecurity FROM pg_class WHERE relname = 'scratch'"
_POLICIES = "SELECT policyname::text FROM pg_policies WHERE tablename = 'scratch'"
_PRIVILEGES = """
    SELECT grantee || ' ' || privilege_type FROM information_schema.table_privileges
    WHERE table_name = 'scratch' AND grantee ^@ 'portal_'
    UNION
    SELECT grantee || ' ' || privilege_type || ' ' || column_name
    FROM information_schema.column_privileges
    WHERE table_name = 'scratch' AND grantee ^@ 'portal_' AND privilege_type = 'UPDATE'
"""


@pytest.fixture(autouse=True)
def _scratch(db: None) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute('CREATE TABLE scratch (committee_id text COLLATE "C", note text)')
        cursor.execute("INSERT INTO scratch VALUES ('0001'), ('00010001'), ('0002')")


def install(declaration: Sequence[TablePolicies], *, forwards: bool = True) -> None:
    (name,) = (name for name, value in globals().items() if value is declaration)
    operation = InstallPolicies(f"{__name__}.{name}")
    move = operation.database_forwards if forwards else operation.database_backwards
    with as_owner(), connection.schema_editor(atomic=False) as editor:
        move("core", editor, ProjectState(), ProjectState())


def asked(statement: str) -> set[object]:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)
        return {row[0] if len(row) == 1 else row for row in cursor.fetchall()}


def seen_by(role: str, committee: str) -> set[object]:
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT set_config('portal.committee', %s, true), set_config('role', %s, true)",
            [committee, role],
        )
        cursor.execute("SELECT committee_id FROM scratch")
        found: set[object] = {key for (key,) in cursor.fetchall()}
        cursor.execute("RESET ROLE")
    return found


def test_forwards_guards_the_table() -> None:
    install(TABLES)
    assert asked(_GUARDS) == {(True, True)}
    assert asked(_POLICIES) == {"staff", "job"}
    assert seen_by("portal_tier1", "0001") == {"0001", "00010001"}
    assert seen_by("portal_tier1", "") == set()
    assert len(seen_by("portal_job", "")) == 3


def test_forwards_gives_exactly_the_privileges() -> None:
    install(TABLES)
    staff = {f"{role} {power}" for role in STAFF_ROLES for power in ("SELECT", "INSERT")}
    assert asked(_PRIVILEGES) == staff | {"portal_job SELECT", "portal_job UPDATE note"}


def test_forwards_again_changes_nothing() -> None:
    install(TABLES)
    before = asked(_PRIVILEGES)
    install(TABLES)
    assert asked(_PRIVILEGES) == before
    assert asked(_POLICIES) == {"staff", "job"}


def test_changed_declaration_replaces_the_earlier_one() -> None:
    install(TABLES)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("CREATE POLICY by_hand ON scratch USING (true)")
    install(NARROWER)
    assert asked(_POLICIES) == {"only"}
    assert asked(_PRIVILEGES) == {"portal_tier1 SELECT"}
    assert seen_by("portal_tier1", "0001") == set()


def test_table_of_nobody_has_no_row_security() -> None:
    install(TABLES)
    install(NOBODYS)
    assert asked(_GUARDS) == {(False, False)}
    assert asked(_POLICIES) == set()
    assert asked(_PRIVILEGES) == {"portal_login SELECT"}


def test_backwards_takes_everything_away() -> None:
    install(TABLES)
    install(TABLES, forwards=False)
    assert asked(_GUARDS) == {(False, False)}
    assert asked(_POLICIES) == asked(_PRIVILEGES) == set()


def test_operation_says_what_it_does_and_leaves_the_models_alone() -> None:
    operation = InstallPolicies("somewhere.TABLES")
    state = ProjectState()
    operation.state_forwards("core", state)
    assert not state.models
    assert "somewhere.TABLES" in operation.describe()
    assert operation.reversible


def test_history_is_declared_append_only() -> None:
    declared = history_of("scratch")
    powers = {word for privileges, _roles in declared.grants for word in privileges.split(", ")}
    assert powers == {"SELECT", "INSERT"}
