"""Kept connections: asked for nothing while all is well, and given up when the server has gone."""

from __future__ import annotations

import pytest
from django.db import connection
from psycopg.pq import TransactionStatus

from core.postgresql.base import DatabaseWrapper
from tests.database import as_owner


@pytest.fixture
def another(db: None) -> DatabaseWrapper:
    """A connection beside the test's own."""
    copied = connection.copy()
    assert isinstance(copied, DatabaseWrapper)
    copied.connect()
    return copied


def _end(wrapper: DatabaseWrapper) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pg_terminate_backend(%s, 10000)", [wrapper.connection.info.backend_pid]
        )
        assert cursor.fetchone() == (True,)


def test_standing_connection_is_usable_without_a_statement(another: DatabaseWrapper) -> None:
    try:
        # A statement would begin a transaction.
        another.set_autocommit(False)
        assert another.is_usable()
        assert another.connection.info.transaction_status == TransactionStatus.IDLE
    finally:
        another.close()


def test_connection_that_the_server_has_ended_is_not_usable(another: DatabaseWrapper) -> None:
    _end(another)
    assert not another.is_usable()


def test_kept_connection_is_made_anew_after_the_server_has_ended_it(
    another: DatabaseWrapper,
) -> None:
    _end(another)
    try:
        another.close_if_unusable_or_obsolete()
        with another.cursor() as cursor:
            cursor.execute("SELECT 1")
            assert cursor.fetchone() == (1,)
    finally:
        another.close()
