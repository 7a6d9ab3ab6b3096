"""One statement as a transaction of its own, on a connection kept for it alone.

For the few paths where a scope's transaction costs more than the work: the statement calls a
function of the database that decides itself what its caller may. Prepared by the server, which the
portal's other connections never do, because a plan would be reused across scopes.
"""

from __future__ import annotations

import threading
from collections.abc import Sequence
from typing import Any

import psycopg
from django.db import connection
from psycopg import sql

from core.tenancy.plain import connect_plainly
from core.tenancy.roles import Role

__all__ = ["ask_directly", "close_direct"]

_kept = threading.local()


def ask_directly(statement: str, parameters: Sequence[Any]) -> tuple[Any, ...]:
    """The first row of the answer, as the role of a visitor.

    A connection that has gone is replaced once: what is asked so must bear being asked twice.
    Raises `psycopg.Error`.
    """
    try:
        return _ask(_connection(), statement, parameters)
    except psycopg.OperationalError:
        close_direct()
        return _ask(_connection(), statement, parameters)


def close_direct() -> None:
    """Closes this thread's connection; the next question opens another."""
    kept: psycopg.Connection[Any] | None = getattr(_kept, "connection", None)
    _kept.connection = None
    if kept is not None:
        kept.close()


def _ask(
    kept: psycopg.Connection[Any], statement: str, parameters: Sequence[Any]
) -> tuple[Any, ...]:
    row = kept.execute(statement, parameters, prepare=True).fetchone()
    if row is None:
        message = "The statement answered no row."
        raise LookupError(message)
    found: tuple[Any, ...] = row
    return found


def _connection() -> psycopg.Connection[Any]:
    kept: psycopg.Connection[Any] | None = getattr(_kept, "connection", None)
    if kept is None or kept.closed:
        kept = connect_plainly(connection)
        kept.execute(sql.SQL("SET ROLE {}").format(sql.Identifier(Role.PUBLIC)))
        _kept.connection = kept
    return kept
