"""Pages of lists by keyset: the first one and the 100,000th row's, beside OFFSET.

The statements are those of the real pages, asked by a signed-in browser; what a page asks inside
its scope counts, all of it: rows, committees, counts, filters.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.keyset import BEFORE, PAGE_ROWS
from portal.dashboard.queries import months_back
from tests.benchmarks.figures import Figure, at_most
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import Statement, sql_seconds, statements_of
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

DEEP = 100_000
_MORE = {"HX-Request": "true"}


@dataclass(frozen=True, slots=True)
class _List:
    name: str
    address: str
    rows: QuerySet[Model]


def measure(stage: Stage) -> list[Figure]:
    """SQL of each page under each level's policies."""
    lists = (
        _List("records", "/hours/records/", ServiceRecord.objects.all()),
        _List("volunteers", "/volunteers/", Volunteer.objects.all()),
    )
    areas = {"province": stage.province, "city": stage.city, "county": stage.county}
    figures = [
        figure
        for each in lists
        for level, area in areas.items()
        for figure in _pages(each, level, area)
    ]
    narrowed = [
        _narrowed(lists[0], level, area, query)
        for level, area in areas.items()
        for query in _record_filters()
    ]
    narrowed += [
        _narrowed(lists[1], level, area, query)
        for level, area in areas.items()
        for query in ({"state": "paused"}, {"age": "14-17"}, {"q": "陈"}, {"q": "chenwei"})
    ]
    return [*figures, *narrowed]


def _record_filters() -> list[dict[str, str]]:
    long_ago = months_back(timezone.localdate().replace(day=1), 11)
    return [
        *({"state": state} for state in RecordState.values),
        {"month": f"{long_ago:%Y-%m}"},
        {"kind": "elderly"},
        {"kind": "other"},
        {"q": "陈"},
    ]


def _pages(each: _List, level: str, area: Area) -> list[Figure]:
    browser = _browser(area)
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        depth = min(DEEP, each.rows.count() - PAGE_ROWS - 1)
        newest_first = each.rows.order_by("-pk")
        deep = newest_first.values_list("pk", flat=True)[depth - 1]
        peer = statements_of(lambda: list(newest_first[depth : depth + PAGE_ROWS + 1]))
    pages = {
        "whole first page": _asked_by_page(browser, each.address),
        f"row {depth:,}": _asked_by_page(browser, f"{each.address}?{BEFORE}={deep}", more=True),
    }
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        offset = sql_seconds(peer, rounds=3)
        return [
            _figure(f"{each.name} of a {level}, {page}", statements, offset)
            for page, statements in pages.items()
        ]


def _narrowed(each: _List, level: str, area: Area, query: dict[str, str]) -> Figure:
    statements = _asked_by_page(_browser(area), f"{each.address}?{urlencode(query)}")
    words = " ".join(f"{name}={value}" for name, value in query.items())
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        return _figure(f"{each.name} of a {level}, {words}", statements)


def _figure(name: str, statements: list[Statement], offset: float | None = None) -> Figure:
    ours = sql_seconds(statements, rounds=10)
    return at_most(
        name,
        ours * 1000,
        "ms",
        limit=2.0,
        peer="" if offset is None else f"{offset * 1000:.1f} ms OFFSET",
        ratio="" if offset is None else f"{offset / ours:,.1f} ×",
    )


def _browser(area: Area) -> Client:
    user = area.actor.user
    assert user is not None
    browser = Client(headers={"host": "127.0.0.1"}, raise_request_exception=True)
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    return browser


def _asked_by_page(browser: Client, address: str, *, more: bool = False) -> list[Statement]:
    def ask() -> None:
        answer = browser.get(address, headers=_MORE if more else {})
        if answer.status_code != 200:
            message = f"{address} answers {answer.status_code}."
            raise AssertionError(message)

    return statements_of(ask)
