"""Pages of lists by keyset: the first one and the 100,000th row's, beside OFFSET.

The statements are those of the real pages, asked by a signed-in browser; what a page asks inside
its scope counts, all of it: rows, committees, counts, filters.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from urllib.parse import urlencode

from django.db.models import Model, QuerySet
from django.test import Client
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.figures import COUNT_CAP
from core.web.keyset import BEFORE, PAGE_ROWS
from portal.dashboard.queries import months_back
from tests.benchmarks.figures import Figure, at_most, told
from tests.benchmarks.stage import Area, Stage
from tests.benchmarks.timing import Statement, sql_seconds, statements_of
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.registry.models import Volunteer

__all__ = ["measure"]

DEEP = 100_000
_MORE = {"HX-Request": "true"}
_COUNT = "SELECT COUNT(*)"
_OCCURS_NOWHERE = ({"kind": "other"},)
_VOLUNTEER_FILTERS = ({"state": "paused"}, {"age": "14-17"}, {"q": "陈"}, {"q": "chenwei"})


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
    asked = [
        *((lists[0], query) for query in _record_filters()),
        *((lists[1], query) for query in _VOLUNTEER_FILTERS),
    ]
    figures += [
        figure
        for each, query in asked
        for level, area in areas.items()
        for figure in _narrowed(each, level, area, query)
    ]
    return figures


def _record_filters() -> list[dict[str, str]]:
    long_ago = months_back(timezone.localdate().replace(day=1), 11)
    return [
        *({"state": state} for state in RecordState.values),
        {"month": f"{long_ago:%Y-%m}"},
        {"kind": "elderly"},
        *_OCCURS_NOWHERE,
        {"q": "陈"},
    ]


def _pages(each: _List, level: str, area: Area) -> list[Figure]:
    browser = _browser(area)
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        depth = min(DEEP, each.rows.count() - PAGE_ROWS - 1)
        newest_first = each.rows.order_by("-pk")
        deep = newest_first.values_list("pk", flat=True)[depth - 1]
        peer = statements_of(lambda: list(newest_first[depth : depth + PAGE_ROWS + 1]))
    first = _asked_by_page(browser, each.address)
    more = _asked_by_page(browser, f"{each.address}?{BEFORE}={deep}", more=True)
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        offset = sql_seconds(peer, rounds=3)
        return [
            *_figures(f"{each.name} of a {level}, first page", first, offset),
            *_figures(f"{each.name} of a {level}, row {depth:,}", more, offset),
        ]


def _narrowed(each: _List, level: str, area: Area, query: dict[str, str]) -> list[Figure]:
    statements = _asked_by_page(_browser(area), f"{each.address}?{urlencode(query)}")
    words = " ".join(f"{name}={value}" for name, value in query.items())
    with acting_as(area.actor.scope, statement_timeout_ms=0):
        figures = _figures(f"{each.name} of a {level}, {words}", statements)
    # What is sought or occurs nowhere reads more than a page by its nature: told, not promised.
    if "q" in query or query in _OCCURS_NOWHERE:
        return [replace(figure, limit="", passed=None) for figure in figures]
    return figures


def _figures(
    name: str,
    statements: list[Statement],
    offset: float | None = None,
) -> list[Figure]:
    """The page against its limit; beside it what the count up to 10,000 costs, where there is one.

    That one reads up to ten thousand rows by its purpose, at whatever page.
    """
    counts = [statement for statement in statements if _COUNT in statement[0]]
    page = sql_seconds([each for each in statements if each not in counts], rounds=10)
    figures = [
        at_most(
            name,
            page * 1000,
            "ms",
            limit=2.0,
            peer="" if offset is None else f"{offset * 1000:.1f} ms OFFSET",
            ratio="" if offset is None else f"{offset / page:,.1f} ×",
        )
    ]
    if counts:
        seconds = sql_seconds(counts, rounds=10)
        figures.append(told(f"    its count up to {COUNT_CAP:,}", seconds * 1000, "ms"))
    return figures


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
