"""Rows from what was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4, uuid5

from django.db import transaction
from django.utils import timezone

from organizations.accounts.actors import Actor
from volunteers.desk.domain.rows import TypedRow, save_rows
from volunteers.desk.models import Draft
from volunteers.desk.pasting import read_pasted

__all__ = ["Pasting", "paste_rows"]


@dataclass(frozen=True, slots=True)
class Pasting:
    """The draft as it stands, the keys of the rows made, and the lines nothing was made of.

    ``unread`` were not understood, ``left_out`` are surely no rows.
    """

    draft: Draft
    keys: tuple[UUID, ...]
    unread: tuple[str, ...]
    left_out: tuple[str, ...]


@transaction.atomic
def paste_rows(
    draft: Draft, *, actor: Actor, window: UUID, text: str, after: float, key: UUID | None = None
) -> Pasting:
    """Reads ``text`` into rows below position ``after``, matched and checked.

    The list of that ``key`` makes its rows once, however often it is sent: an answer may be lost.
    Raises `Refusal` as `save_rows` does.
    """
    actor.must("hours.record")
    pasted = read_pasted(text, today=timezone.localdate())
    below = draft.rows.filter(removed=False, position__gt=after).order_by("position")
    until = below.values_list("position", flat=True).first()
    step = 1.0 if until is None else (until - after) / (len(pasted.rows) + 1)
    source = key or uuid4()
    rows = [
        TypedRow(
            key=uuid5(source, str(place)), base=0, position=after + step * place, cells=row.cells
        )
        for place, row in enumerate(pasted.rows, start=1)
    ]
    keys = tuple(row.key for row in rows)
    there = set(draft.rows.filter(key__in=keys).values_list("key", flat=True))
    new = [row for row in rows if row.key not in there]
    saved = save_rows(draft, actor=actor, window=window, rows=new)
    return Pasting(saved.draft, keys, pasted.unread, pasted.left_out)
