"""Short ways to put a draft on the table in tests."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any
from uuid import UUID, uuid4

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from volunteers.desk.domain import Common, Saved, TypedRow, begin_draft, save_rows
from volunteers.desk.models import Draft, DraftRow
from volunteers.registry.models import Volunteer

__all__ = ["COMMON", "HERE", "THERE", "common", "open_draft", "person", "row_of", "save", "typed"]

COMMON = {
    "activity": "敬老院探访",
    "date": "2026-05-16",
    "start": "14:00",
    "end": "16:00",
    "evidence": "签到表照片",
}
HERE, THERE = uuid4(), uuid4()


def person(
    committee: Committee, name: str, *, number: str = "", phone: str = "", **fields: Any
) -> Volunteer:
    """A volunteer with identifiers and the masks that go with them."""
    with as_owner():
        masks = {
            **({"phone_mask": f"199****{phone[-4:]}"} if phone else {}),
            **({"identity_mask": f"4499**********{number[-4:]}"} if number else {}),
        }
        volunteer = VolunteerFactory(committee=committee, name=name, **masks, **fields)
        given = {key: value for key, value in {"number": number, "phone": phone}.items() if value}
        VolunteerIdentityFactory(volunteer=volunteer, committee=committee, **given)
    return volunteer


def common(**changes: str) -> Common:
    """What is set once for all rows."""
    return Common(base=0, texts=COMMON | changes)


def typed(
    text: str = "", *, key: UUID | None = None, base: int = 0, position: float = 1, **more: Any
) -> TypedRow:
    """A row as a window sends it; what is no cell is a field of the row."""
    volunteer, removed = more.pop("volunteer", ""), more.pop("removed", False)
    return TypedRow(
        key=key or uuid4(),
        base=base,
        position=position,
        cells={"person": text, **more},
        volunteer=volunteer,
        removed=removed,
    )


def save(
    draft: Draft,
    actor: Actor,
    *rows: TypedRow,
    window: UUID = HERE,
    shared: Common | None = None,
) -> Saved:
    """Saves inside the open scope."""
    return save_rows(draft, actor=actor, window=window, rows=rows, common=shared)


@contextmanager
def open_draft(actor: Actor, *rows: TypedRow, **changes: str) -> Iterator[Draft]:
    """A draft with the common values and rows, in the actor's open scope."""
    with acting_as(actor.scope):
        draft = begin_draft(actor=actor)
        yield save(draft, actor, *rows, shared=common(**changes)).draft


def row_of(draft: Draft, key: UUID) -> DraftRow:
    """The row as it stands."""
    return DraftRow.objects.get(draft=draft, key=key)
