"""Clocks: how long something takes, and how long the database takes over it."""

from __future__ import annotations

from collections.abc import Callable
from statistics import median
from time import perf_counter
from typing import Any

from django.db import connection

__all__ = ["compare", "seconds_of", "sql_seconds"]

Execute = Callable[[str, Any, bool, dict[str, Any]], Any]


def sql_seconds(work: Callable[[], object], *, rounds: int = 20) -> float:
    """What PostgreSQL spends on the reads of one call of ``work``; the median of several rounds.

    Planning, execution and turning the rows into text, as the server itself counts them: the time
    in which another process has the core while this one waits for an answer is no time of SQL.
    """
    with connection.execute_wrapper(heard := _Listener()):
        work()
    return median(
        sum(_explained_seconds(*statement) for statement in heard.statements) for _ in range(rounds)
    )


class _Listener:
    """Keeps the statements that pass."""

    def __init__(self) -> None:
        self.statements: list[tuple[str, Any]] = []

    def __call__(
        self, execute: Execute, sql: str, params: Any, many: bool, context: dict[str, Any]
    ) -> Any:
        """Wraps one statement of Django's connection."""
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
