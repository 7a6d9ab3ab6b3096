"""Clocks: how long something takes, and how long the database takes over it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import suppress
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

from core.tenancy.scope import NoScope, current_scope

__all__ = ["compare", "seconds_of", "sql_seconds", "statements_of"]

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


Statement = tuple[str, Any]


def statements_of(work: Callable[[], object]) -> list[Statement]:
    """What one call of ``work`` asks inside a scope, with parameters.

    Opening the scope, and session and account before it, are not among them.
    """
    with connection.execute_wrapper(heard := _Listener()):
        work()
    return heard.statements


def sql_seconds(statements: Sequence[Statement], *, rounds: int = 20) -> float:
    """What PostgreSQL spends on these reads together: the best of several rounds, warm.

    Planning, execution and turning the rows into text, as the server itself counts them. What else
    runs on the machine can only add to it, so the best round is nearest to the truth.
    """
    return min(
        sum(_explained_seconds(*statement) for statement in statements) for _ in range(rounds)
    )


class _Listener:
    """Keeps the statements that pass."""

    def __init__(self) -> None:
        self.statements: list[Statement] = []

    def __call__(
        self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Wraps one statement of Django's connection."""
        with suppress(NoScope):
            current_scope()
            self.statements.append((sql, params))
        return execute(sql, params, many, context)


def _explained_seconds(sql: str, params: Any) -> float:
    with connection.cursor() as cursor:
        cursor.execute(f"EXPLAIN (ANALYZE, TIMING off, SERIALIZE text, FORMAT json) {sql}", params)
        ((plans,),) = cursor.fetchall()
    return float(plans[0]["Planning Time"] + plans[0]["Execution Time"]) / 1000


def seconds_of(work: Callable[[], object]) -> float:
    """Wall time of one call."""
    started = perf_counter()
    work()
    return perf_counter() - started


def compare(
    ours: Callable[[], object], peer: Callable[[], object], *, rounds: int
) -> tuple[float, float]:
    """Median seconds of both, called in turns so that a busy machine hits both alike."""
    ours()
    peer()
    pairs = [(seconds_of(ours), seconds_of(peer)) for _ in range(rounds)]
    return median(pair[0] for pair in pairs), median(pair[1] for pair in pairs)
