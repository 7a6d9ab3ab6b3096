"""The tests' connection: made by the owner, bound by the policies like the login role's.

PostgreSQL lets a connection that authenticated as a superuser take on the identity of another
role. All tests run as `portal_login`; only `as_owner` goes back, to arrange what no actor could.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import psycopg
from django.contrib.auth.models import Permission
from django.contrib.contenttypes.models import ContentType
from django.core.management.commands import flush
from django.db import connection, transaction
from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created
from django.db.backends.utils import CursorWrapper
from django.db.models import Model
from psycopg.pq import TransactionStatus

from core.tenancy.roles import LOGIN_ROLE
from volunteers.privacy.models import ConsentText
from volunteers.totals.models import RecountClock
from volunteers.vocabulary.models import Term

__all__ = ["as_owner", "bind_to_policies", "unbind"]

# Filled by migrations.
SHIPPED: tuple[type[Model], ...] = (ConsentText, RecountClock, Term)
# Written by Django for every model; no test changes them.
KEPT: tuple[type[Model], ...] = (ContentType, Permission)


@contextmanager
def as_owner() -> Iterator[None]:
    """Runs the block past all policies, on the same connection and in the same transaction."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT current_setting('role'), session_user")
        row = cursor.fetchone()
        assert row is not None
        role, user = row
        cursor.execute("SET SESSION AUTHORIZATION DEFAULT")
    try:
        yield
    finally:
        # After a database error nothing more can be said, and the error itself must be seen.
        broken = connection.connection.info.transaction_status == TransactionStatus.INERROR
        if not (connection.needs_rollback or broken):
            with connection.cursor() as cursor:
                cursor.execute(f'SET SESSION AUTHORIZATION "{user}"')
                cursor.execute("SELECT set_config('role', %s, true)", [role])


def copy_what_is_migrated(name: str, parameters: dict[str, Any]) -> None:
    """Makes the test database a copy of the one called ``name``, if that has no committee yet.

    The same migrations have made its tables: to run them anew for each process takes half a
    minute of a core. ``parameters`` are those of a connection.
    """
    if not name:
        return
    with psycopg.connect(
        dbname=name,
        user=parameters.get("user"),
        host=parameters.get("host"),
        port=parameters.get("port"),
        password=parameters.get("password"),
    ) as owner:
        found = owner.execute("SELECT EXISTS (SELECT FROM organizations_committee)").fetchone()
    if found == (False,):
        connection.settings_dict["TEST"] |= {"TEMPLATE": name, "MIGRATE": False}


def bind_to_policies() -> None:
    """From now on every connection of the tests has the identity of the login role."""
    connection_created.connect(_take_identity, dispatch_uid="tests.identity")
    connection.close()
    _flush_as_owner()


def unbind() -> None:
    """Only the owner may drop the test database."""
    connection_created.disconnect(dispatch_uid="tests.identity")
    connection.close()


def _take_identity(*, connection: BaseDatabaseWrapper, **_kwargs: Any) -> None:
    with connection.cursor() as cursor:
        cursor.execute(f"SET SESSION AUTHORIZATION {LOGIN_ROLE}")


def _flush_as_owner() -> None:
    """Transactional tests empty all tables afterwards, which no role of the portal may do.

    What migrations ship comes back, for the portal rests on it. What Django itself writes after
    migrations stays, and tables that are empty are left alone: to truncate them all and to write
    the permissions anew took half a second after each such test.
    """
    with as_owner():
        shipped = {model: list(model._default_manager.all()) for model in SHIPPED}

    def handle(self: flush.Command, **options: Any) -> None:
        with as_owner(), transaction.atomic(), connection.cursor() as cursor:
            # Rows go without triggers: no history, and in any order.
            cursor.execute("SET LOCAL session_replication_role = replica")
            for table in _tables_with_rows(cursor):
                cursor.execute(f'DELETE FROM "{table}"')
            cursor.execute("SET LOCAL session_replication_role = origin")
            for model, rows in shipped.items():
                model._default_manager.bulk_create(rows)

    flush.Command.handle = handle  # type: ignore[method-assign]


def _tables_with_rows(cursor: CursorWrapper) -> list[str]:
    tables = set(connection.introspection.django_table_names(only_existing=True)) - {
        model._meta.db_table for model in KEPT
    }
    asked = " UNION ALL ".join(
        f"SELECT '{table}' WHERE EXISTS (SELECT FROM \"{table}\")" for table in sorted(tables)
    )
    cursor.execute(asked)
    return [table for (table,) in cursor.fetchall()]
