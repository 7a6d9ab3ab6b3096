"""Rows from what was pasted."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID, uuid4

from django.db import transaction
from django.utils import timezone

from organizations.accounts.actors import Actor
from volunteers.desk.domain.rows import TypedRow, save_rows
from volunteers.desk.models import Draft
from volunteers.desk.pasting import read_pasted

__all__ = ["Pasting", "paste_rows"]


@dataclass(frozen=True, slots=True)
class Pasting:
    """The draft as it stands, the keys of the rows made, and the lines nothing was made of."""

    draft: Draft
    keys: tuple[UUID, ...]
    unread: tuple[str, ...]


@transaction.atomic
def paste_rows(draft: Draft, *, actor: Actor, window: UUID, text: str, after: float) -> Pasting:
    """Reads ``text`` into rows below position ``after``, matched and checked.

    Raises `Refusal` as `save_rows` does.
    """
    actor.must("hours.record")
    pasted = read_pasted(text, today=timezone.localdate())
    below = draft.rows.filter(removed=False, position__gt=after).order_by("position")
    until = below.values_list("position", flat=True).first()
    step = 1.0 if until is None else (until - after) / (len(pasted.rows) + 1)
    rows = [
        TypedRow(key=uuid4(), base=0, position=after + step * place, cells=row.cells)
        for place, row in enumerate(pasted.rows, start=1)
    ]
    saved = save_rows(draft, actor=actor, window=window, rows=rows)
    return Pasting(saved.draft, tuple(row.key for row in rows), pasted.unread)
