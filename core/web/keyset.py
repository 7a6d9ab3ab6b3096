"""Keyset pages for lists in the browser: the position is the last row's id, never an offset.

A page answers with rows and the address of the next one, which `components/list.html` calls
``next_url``; the thousandth page costs what the first does. The API's pages are
`core.web.pagination`.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Generic, TypeVar

from django.core.cache import caches
from django.core.exceptions import EmptyResultSet
from django.db.models import Model, QuerySet
from django.http import HttpRequest

from core.tenancy.scope import current_scope
from core.web.figures import COUNT_CAP

__all__ = [
    "AFTER",
    "BEFORE",
    "PAGE_ROWS",
    "Page",
    "capped_count",
    "id_from",
    "is_next_page",
    "list_count",
    "page_of",
]

# The address's parameters: rows older, or newer, than that id.
BEFORE, AFTER = "before", "after"
PAGE_ROWS = 50
_REMEMBERED_SECONDS = 600

M = TypeVar("M", bound=Model)


@dataclass(frozen=True, slots=True)
class Page(Generic[M]):
    """Rows of a page; ``next_url`` is empty at the end."""

    rows: list[M]
    next_url: str


def page_of(
    rows: QuerySet[M], request: HttpRequest, *, size: int = PAGE_ROWS, as_entered: bool = False
) -> Page[M]:
    """The page of ``rows`` that the address asks for, newest (highest id) first.

    ``as_entered``: oldest first, as the paper has them. The next page's address keeps all other
    parameters. One query.
    """
    name, past, order = (AFTER, "pk__gt", "pk") if as_entered else (BEFORE, "pk__lt", "-pk")
    place = id_from(request.GET.get(name))
    further = rows if place is None else rows.filter(**{past: place})
    found = list(further.order_by(order)[: size + 1])
    shown = found[:size]
    if len(found) == len(shown):
        return Page(shown, "")
    parameters = request.GET.copy()
    parameters[name] = str(shown[-1].pk)
    return Page(shown, f"{request.path}?{parameters.urlencode()}")


def is_next_page(request: HttpRequest) -> bool:
    """Whether "more" was pressed: htmx asks for the next rows only, without the page around."""
    asked = BEFORE in request.GET or AFTER in request.GET
    return "HX-Request" in request.headers and asked


def capped_count(rows: QuerySet[M], *, cap: int = COUNT_CAP) -> int:
    """How many rows there are, exactly up to ``cap``; ``cap + 1`` stands for more.

    Show it with `core.web.figures.count_text` and the same cap.
    """
    return rows.order_by()[: cap + 1].count()


def list_count(rows: QuerySet[M], *, cap: int = COUNT_CAP) -> int:
    """As `capped_count`, for the figure above a list; inside a scope.

    That there are more than ``cap`` is remembered for ten minutes: to find it out again reads as
    many rows as the cap says, and so long a list seldom shrinks below it. A figure that is exact
    is never remembered.
    """
    counted = rows.order_by()[: cap + 1]
    try:
        asked = (current_scope(), *counted.query.sql_with_params())
    except EmptyResultSet:
        return 0
    key = f"more-than-{cap}-{sha256(repr(asked).encode()).hexdigest()}"
    if caches["process"].get(key):
        return cap + 1
    count = counted.count()
    if count > cap:
        caches["process"].set(key, True, _REMEMBERED_SECONDS)
    return count


def id_from(text: str | None) -> int | None:
    """A row's id from an address; None for anything else, which begins at the newest."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 18 else None
