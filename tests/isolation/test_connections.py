"""A connection that is used again carries nothing over, however its last scope ended."""

from __future__ import annotations

from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, InterfaceError, OperationalError, connection, transaction

from core.tenancy.roles import Role
from core.tenancy.scope import NoScope, Scope, SwallowedDatabaseError, acting_as, current_scope
from tests.isolation.catalogue import rows_of

SCOPE = Scope(
    role=Role.TIER3, committee="000100010001", user=7, volunteer=8, organizations=(9,), label="x"
)
_LEFT = """
    SELECT current_setting('role'), current_setting('statement_timeout'),
           coalesce(current_setting('portal.committee', true), ''),
           coalesce(current_setting('portal.user', true), ''),
           coalesce(current_setting('portal.volunteer', true), ''),
           coalesce(current_setting('portal.organizations', true), ''),
           coalesce(current_setting('pghistory.context_id', true), ''),
           coalesce(current_setting('pghistory.context_metadata', true), '')
"""


def left_over() -> list[str]:
    """What is set on the connection beyond what a fresh one has."""
    role, timeout, *settings = rows_of(_LEFT)[0]
    return [value for value in (role, timeout, *settings) if value not in {"none", "0", ""}]


def _commit() -> None:
    with acting_as(SCOPE):
        assert len(left_over()) == 8


def _roll_back() -> None:
    with acting_as(SCOPE):
        transaction.set_rollback(True)


def _raise() -> None:
    with pytest.raises(RuntimeError, match="told"), acting_as(SCOPE):
        message = "told"
        raise RuntimeError(message)


def _fail_in_the_database() -> None:
    with pytest.raises(DatabaseError), acting_as(SCOPE):
        rows_of("SELECT 1/0")


def _swallow() -> None:
    with pytest.raises(SwallowedDatabaseError), acting_as(SCOPE):
        with pytest.raises(DatabaseError):
            rows_of("SELECT 1/0")


def _time_out() -> None:
    with pytest.raises(DatabaseError, match="statement timeout"):
        with acting_as(SCOPE, statement_timeout_ms=1):
            rows_of("SELECT pg_sleep(60)")


def _fail_in_a_savepoint() -> None:
    with acting_as(SCOPE):
        with pytest.raises(DatabaseError), transaction.atomic():
            rows_of("SELECT 1/0")
        assert len(left_over()) == 8


ENDINGS: dict[str, Callable[[], None]] = {
    "commit": _commit,
    "rollback": _roll_back,
    "exception": _raise,
    "database error": _fail_in_the_database,
    "swallowed error": _swallow,
    "time-out": _time_out,
    "error in a savepoint": _fail_in_a_savepoint,
}


@pytest.mark.django_db(transaction=True)
def test_connection_carries_nothing_over() -> None:
    connection.ensure_connection()
    backend = connection.connection.info.backend_pid
    for name, ending in ENDINGS.items():
        ending()
        assert left_over() == [], name
        with pytest.raises(NoScope):
            current_scope()
    assert connection.connection.info.backend_pid == backend, "the same connection throughout"


def _set_for_the_session() -> None:
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('portal.committee', '0001', false)")


@pytest.mark.django_db(transaction=True)
def test_setting_for_a_whole_session_would_be_found() -> None:
    _set_for_the_session()
    assert left_over() == ["0001"]
    connection.close()


def _end_backend(pid: int) -> None:
    parameters = connection.get_connection_params()
    for django_only in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(django_only, None)
    with psycopg.connect(**parameters, autocommit=True) as other:
        other.execute("SELECT pg_terminate_backend(%s, 10000)", [pid])


@pytest.mark.django_db(transaction=True)
def test_broken_connection_is_replaced_by_one_without_a_scope() -> None:
    with pytest.raises((OperationalError, InterfaceError)):
        with acting_as(SCOPE):
            _end_backend(connection.connection.info.backend_pid)
            rows_of("SELECT 1")
    with pytest.raises(NoScope):
        current_scope()
    connection.close_if_unusable_or_obsolete()
    assert left_over() == []
    _commit()
    assert left_over() == []
