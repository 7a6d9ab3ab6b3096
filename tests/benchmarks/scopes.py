"""Row-level security beside explicit filters, and what opening a scope costs."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import ExitStack
from datetime import date
from typing import Any

import psycopg
from django.db import connection, connections, transaction
from django.utils import timezone

from core.tenancy.owner import owner_connection
from core.tenancy.scope import Scope, acting_as
from portal.dashboard.queries import months_back
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import compare

__all__ = ["measure"]

Connection = psycopg.Connection[Any]
Parameters = dict[str, str | date]

# The same statement on both sides; only the owner, whom no policy binds, has to say whose rows.
_NEWEST = """
    SELECT id, volunteer_name, activity_title, served_on, minutes, state
    FROM volunteers_servicerecord WHERE {whose} ORDER BY id DESC LIMIT 50
"""
_MONTH = """
    SELECT kind, count(*), sum(minutes), count(DISTINCT volunteer_id)
    FROM volunteers_servicerecord
    WHERE {whose} AND state = 'confirmed' AND served_on >= %(month)s GROUP BY kind
"""
_NAMES = """
    SELECT id, number, name FROM volunteers_volunteer
    WHERE {whose} AND name ^@ '陈' ORDER BY name LIMIT 50
"""
_ANY = "true"
_QUERIES = {
    "newest 50 records": (_NEWEST, 200),
    "sums of the last months": (_MONTH, 10),
    "50 names that begin with 陈": (_NAMES, 200),
}


def measure(stage: Stage) -> list[Figure]:
    """Medians of calls in turns."""
    figures = [
        figure
        for area, tier in ((stage.county, "tier3"), (stage.city, "tier2"))
        for figure in _policies(area, tier)
    ]
    return [*figures, _opening(stage.county)]


def _policies(area: Area, tier: str) -> list[Figure]:
    parameters: Parameters = {"path": area.path, "month": _some_months_ago()}
    with ExitStack() as stack:
        owner = stack.enter_context(owner_connection())
        bound = stack.enter_context(_bound_connection(area.actor.scope))
        figures = []
        for name, (statement, rounds) in _QUERIES.items():
            seen, told = compare(
                _query(bound, statement.format(whose=_ANY), parameters),
                _query(owner, statement.format(whose=f"{tier} = %(path)s"), parameters),
                rounds=rounds,
            )
            figures.append(
                at_most(
                    f"policies: {name}, {tier}",
                    seen / told,
                    "×",
                    limit=1.3,
                    peer=f"{told * 1000:.2f} ms without",
                    ratio=f"{seen * 1000:.2f} ms",
                )
            )
    return figures


def _query(on: Connection, statement: str, parameters: Parameters) -> Callable[[], object]:
    def ask() -> object:
        return on.execute(statement, parameters, prepare=False).fetchall()

    return ask


def _bound_connection(scope: Scope) -> Connection:
    """A connection of the login role with the scope's settings, held for the whole session."""
    parameters = connections["default"].get_connection_params()
    for django_only in ("cursor_factory", "context", "prepare_threshold"):
        parameters.pop(django_only, None)
    made: Connection = psycopg.connect(**parameters, autocommit=True)
    made.execute("SELECT set_config('portal.committee', %s, false)", [scope.committee])
    made.execute("SELECT set_config('role', %s, false)", [str(scope.role)])
    return made


def _opening(area: Area) -> Figure:
    def scoped() -> None:
        with acting_as(area.actor.scope):
            pass

    def bare() -> None:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SELECT 1")

    ours, peer = compare(scoped, bare, rounds=2000)
    return at_most(
        "opening and closing a scope",
        ours * 1000,
        "ms",
        limit=1.0,
        peer=f"{peer * 1000:.2f} ms bare transaction",
        ratio=f"{ours / peer:.1f} ×",
    )


def _some_months_ago() -> date:
    return months_back(timezone.localdate().replace(day=1), 3)
