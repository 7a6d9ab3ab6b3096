"""Opening a scope: who acts, for which committee, in one statement of one transaction.

Everything that touches tenant tables runs inside `acting_as`: requests through the middleware,
tasks and commands by calling it. The settings are local to the transaction, so a pooled
connection returns with none of them.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Hashable, Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field, replace
from typing import TypeVar, cast
from uuid import uuid4

from django.conf import settings
from django.db import connection, transaction
from psycopg.pq import TransactionStatus

from core.tenancy.keys import is_whole_key
from core.tenancy.roles import Role

__all__ = [
    "NestedScope",
    "NoScope",
    "Proof",
    "Scope",
    "ScopeRefused",
    "acting_as",
    "current_scope",
    "forget_read",
    "read_once",
    "turned_to",
]

T = TypeVar("T")

_current: ContextVar[Scope | None] = ContextVar("portal_scope", default=None)
# What the open scope has read: of one actor and one transaction, so nobody else's answers.
_read: ContextVar[dict[Hashable, object] | None] = ContextVar("portal_scope_read", default=None)


class ScopeRefused(Exception):
    """The membership behind the scope does not hold (any more)."""


class SwallowedDatabaseError(RuntimeError):
    """The transaction had failed, and the code went on as if it had not."""


class NestedScope(RuntimeError):
    """A scope was opened inside another one."""


class NoScope(RuntimeError):
    """Code that needs a scope ran outside of one."""


@dataclass(frozen=True, slots=True)
class Proof:
    """A query that returns one row while the scope is justified, checked as the scope opens.

    ``sql`` is a constant of the code and takes ``parameters``.
    """

    sql: str
    parameters: tuple[str | int | None, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """What an actor may reach: a database role and the keys that its policies compare with.

    ``committee`` is a path key, empty for actors that act for none. An empty value matches no row;
    one that is cut off or otherwise damaged is a `ValueError`.
    """

    role: Role
    committee: str = ""
    user: int | None = None
    volunteer: int | None = None
    organizations: tuple[int, ...] = ()
    merchant: int | None = None
    label: str = ""
    proof: Proof | None = field(default=None, compare=False)

    def __post_init__(self) -> None:
        if self.committee and not is_whole_key(self.committee):
            message = f"{self.committee!r} is no path key."
            raise ValueError(message)

    @classmethod
    def for_job(cls, label: str) -> Scope:
        """The scope of work that no person asked for, such as recounting totals."""
        return cls(role=Role.JOB, label=label)


@contextmanager
def acting_as(
    scope: Scope, *, reason: str = "", statement_timeout_ms: int | None = None
) -> Iterator[Scope]:
    """Opens ``scope`` around one durable transaction, and closes it with the transaction.

    ``reason`` goes into the history of every row changed. ``statement_timeout_ms`` is for one
    statement; 0 means none.

    Raises `NestedScope` inside another scope and `ScopeRefused` when the proof finds no row.
    """
    if _current.get() is not None:
        message = "A scope is open already; finish it before opening another."
        raise NestedScope(message)
    timeout = (
        settings.SCOPE_STATEMENT_TIMEOUT_MS
        if statement_timeout_ms is None
        else statement_timeout_ms
    )
    with transaction.atomic(durable=True):
        _enter(scope, reason=reason, timeout_ms=timeout)
        token, read = _current.set(scope), _read.set({})
        try:
            yield scope
        finally:
            _current.reset(token)
            _read.reset(read)
        _refuse_broken_transaction()
    if connection.in_atomic_block:
        # Only tests wrap another transaction around a scope: the role must not outlive it there.
        _set_config(dict.fromkeys(_SETTINGS, ""), role="none")


@contextmanager
def turned_to(scope: Scope) -> Iterator[Scope]:
    """Acts as another scope within the open one's transaction, and then as before.

    For what holds for several people or for none, such as a family that signs up together: each is
    still reached by the own scope alone. What fails inside is undone with the turn. Raises
    `NoScope` outside of a scope and `ScopeRefused` when either proof finds no row.
    """
    before = current_scope()
    with transaction.atomic():
        _turn(scope)
        token, read = _current.set(scope), _read.set({})
        try:
            yield scope
        finally:
            _current.reset(token)
            _read.reset(read)
        # Where the body fails, the savepoint takes role and settings back with all else.
        _turn(before)


def _turn(scope: Scope) -> None:
    # Proofs are read by the login role.
    _set_config({}, role="none")
    _enter(scope, reason="", timeout_ms=settings.SCOPE_STATEMENT_TIMEOUT_MS)


def current_scope() -> Scope:
    """The open scope. Raises `NoScope` when there is none."""
    scope = _current.get()
    if scope is None:
        message = "No scope is open: run this inside acting_as()."
        raise NoScope(message)
    return scope


def read_once(key: Hashable, read: Callable[[], T]) -> T:
    """What ``read`` answers, asked once while the scope is open; outside of one, each time.

    Whoever writes what is read so calls `forget_read`.
    """
    kept = _read.get()
    if kept is None:
        return read()
    if key not in kept:
        kept[key] = read()
    return cast("T", kept[key])


def forget_read(key: Hashable) -> None:
    """The next `read_once` of that key reads anew."""
    (_read.get() or {}).pop(key, None)


@contextmanager
def because(reason: str) -> Iterator[None]:
    """Adds a reason to the history of what is written inside, such as why a record is void."""
    scope = current_scope()
    _set_config({"pghistory.context_metadata": _context(scope, reason)})
    yield
    _set_config({"pghistory.context_metadata": _context(scope, "")})


def without_proof(scope: Scope) -> Scope:
    """The same scope for a background job, whose own row keeps the proof."""
    return replace(scope, proof=None)


def _enter(scope: Scope, *, reason: str, timeout_ms: int) -> None:
    values = {
        "portal.committee": scope.committee,
        "portal.user": "" if scope.user is None else str(scope.user),
        "portal.volunteer": "" if scope.volunteer is None else str(scope.volunteer),
        "portal.organizations": "{" + ",".join(map(str, scope.organizations)) + "}",
        "portal.merchant": "" if scope.merchant is None else str(scope.merchant),
        # One id groups what one request or job changed.
        "pghistory.context_id": str(uuid4()),
        "pghistory.context_metadata": _context(scope, reason),
        "statement_timeout": str(timeout_ms),
        # The last one: what is set after it would be judged as the new role.
        "role": str(scope.role),
    }
    if not _set_config(values, proof=scope.proof):
        message = "The membership does not hold any more."
        raise ScopeRefused(message)


def _refuse_broken_transaction() -> None:
    """PostgreSQL answers COMMIT of a failed transaction with a silent rollback; say it aloud."""
    status = connection.connection.info.transaction_status
    if status == TransactionStatus.INERROR and not connection.needs_rollback:
        message = "A database error was swallowed inside the scope; nothing was saved."
        raise SwallowedDatabaseError(message)


_SETTINGS: Sequence[str] = (
    "portal.committee",
    "portal.user",
    "portal.volunteer",
    "portal.organizations",
    "portal.merchant",
    "pghistory.context_id",
    "pghistory.context_metadata",
)


def _set_config(values: dict[str, str], *, proof: Proof | None = None, role: str = "") -> bool:
    """Sets all values in one statement; False when the proof returned no row."""
    if role:
        values = {**values, "role": role}
    calls = ", ".join(["set_config(%s, %s, true)"] * len(values))
    parameters: list[str | int | None] = [part for pair in values.items() for part in pair]
    # Only placeholders and constants of the code are joined here, never values.
    statement = f"SELECT {calls}"
    if proof is not None:
        statement += f" FROM ({proof.sql}) AS proof"
        parameters.extend(proof.parameters)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() is not None


def _context(scope: Scope, reason: str) -> str:
    context = {"user": scope.user, "role": str(scope.role), "committee": scope.committee}
    if scope.label:
        context["label"] = scope.label
    if reason:
        context["reason"] = reason
    return json.dumps(context, ensure_ascii=False)
