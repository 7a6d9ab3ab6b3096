"""A secretary, and changing many as the pages and the worker do."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from uuid import uuid4

import pytest
from django.test import Client

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from tests.cast import Cast, log_in
from tests.database import as_owner
from volunteers.bulk.domain import (
    Choice,
    apply_bulk,
    order_bulk,
    preview_bulk,
    undo_bulk,
    wanted_given,
)
from volunteers.bulk.models import BulkChange, BulkKind
from volunteers.registry.models import Volunteer

Changed = Callable[..., BulkChange]


def silent(_done: int, _total: int | None = None, **_more: Any) -> None:
    """Progress that nobody looks at."""


@pytest.fixture
def secretary(cast: Cast) -> Client:
    return log_in(Client(), cast.county_441802)


@pytest.fixture
def changed(cast: Cast) -> Changed:
    """Orders a change of these people as the county's secretary, or ``actor``, and does it."""

    def change(
        people: list[Volunteer],
        kind: str,
        *,
        actor: Actor | None = None,
        meanwhile: Callable[[], None] | None = None,
        **given: Any,
    ) -> BulkChange:
        who = actor or cast.county_441802
        with acting_as(who.scope):
            wanted = wanted_given(actor=who, kind=BulkKind(kind), reason="毕业离校", **given)
            choice = Choice(below=who.scope.committee, numbers=[each.number for each in people])
            digest = preview_bulk(choice, wanted, actor=who).digest
            made = order_bulk(choice, wanted, digest=digest, nonce=uuid4(), actor=who)
        if meanwhile:
            with as_owner():
                meanwhile()
        with acting_as(who.scope):
            return apply_bulk(made, actor=who, progress=silent)

    return change


def put_back(change: BulkChange, actor: Actor) -> dict[str, str]:
    """Undoes it as the worker does: the portal number of each person and the outcome."""
    with acting_as(actor.scope):
        undo_bulk(change, actor=actor, progress=silent)
    return outcomes(change)


def outcomes(change: BulkChange) -> dict[str, str]:
    """The outcome of each person, and why where something was in the way."""
    with as_owner():
        rows = change.rows.values_list("number", "outcome", "why")
        return {number: f"{outcome} {why}".strip() for number, outcome, why in rows}
