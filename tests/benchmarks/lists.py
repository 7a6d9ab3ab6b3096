"""Pages of lists by keyset: the first one and the 100,000th row's, beside OFFSET."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Model, QuerySet
from django.test import RequestFactory

from core.tenancy.scope import acting_as
from core.web.keyset import BEFORE, PAGE_ROWS, page_of
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import sql_seconds
from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

DEEP = 100_000
Rows = Callable[[str], QuerySet[Any]]

_LISTS: dict[str, Rows] = {
    "records": ServiceRecord.objects.below,
    "volunteers": Volunteer.objects.below,
}


def measure(stage: Stage) -> list[Figure]:
    """SQL of a page under each level's policies."""
    return [
        figure
        for name, rows in _LISTS.items()
        for area in (stage.province, stage.city, stage.county)
        for figure in _pages(name, rows, area)
    ]


def _pages(name: str, rows: Rows, area: Area) -> list[Figure]:
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        found = rows(area.path)
        depth = min(DEEP, found.count() - PAGE_ROWS - 1)
        return [
            _page(f"{name}, {area.actor.scope.role.value[7:]}, first page", found, 0),
            _page(f"{name}, {area.actor.scope.role.value[7:]}, row {depth:,}", found, depth),
        ]


def _page(name: str, rows: QuerySet[Model], depth: int) -> Figure:
    newest_first = rows.order_by("-pk")
    above = newest_first.values_list("pk", flat=True)[depth - 1] if depth else None
    request = RequestFactory().get("/", {BEFORE: above} if above else {})
    ours = sql_seconds(lambda: page_of(rows, request))
    peer = sql_seconds(lambda: list(newest_first[depth : depth + PAGE_ROWS + 1]), rounds=5)
    return at_most(
        name,
        ours * 1000,
        "ms",
        limit=2.0,
        peer=f"{peer * 1000:.1f} ms OFFSET",
        ratio=f"{peer / ours:,.1f} ×",
    )
