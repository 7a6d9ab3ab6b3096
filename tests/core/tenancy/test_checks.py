"""A login role that could look past the policies stops the start."""

from __future__ import annotations

import pytest
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection

from core.tenancy.checks import check_login_role
from tests.database import as_owner


def found() -> set[str]:
    return {str(message.id) for message in check_login_role(["default"])}


def alter(statement: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(statement)


def test_login_role_of_the_portal_is_accepted(db: None) -> None:
    assert found() == set()


@pytest.mark.parametrize(
    ("power", "message"),
    [
        ("ALTER ROLE portal_login SUPERUSER", "tenancy.E001"),
        ("ALTER ROLE portal_login BYPASSRLS", "tenancy.E002"),
        ("ALTER ROLE portal_login INHERIT", "tenancy.E003"),
        ("ALTER ROLE portal_login CREATEROLE", "tenancy.E004"),
        ("CREATE TABLE mine (id int); ALTER TABLE mine OWNER TO portal_login", "tenancy.E005"),
    ],
)
def test_power_of_the_login_role_is_found(db: None, power: str, message: str) -> None:
    alter(power)
    assert found() == {message}


def test_owner_as_login_is_found(db: None) -> None:
    with as_owner():
        assert {"tenancy.E001", "tenancy.E005"} <= found()


def test_power_stops_the_start(db: None) -> None:
    alter("ALTER ROLE portal_login BYPASSRLS")
    with pytest.raises(SystemCheckError, match="bypasses row-level security"):
        call_command("check", databases=["default"])


def test_check_without_a_database_asks_none() -> None:
    assert check_login_role(None) == []
    assert check_login_role(["owner"]) == []
