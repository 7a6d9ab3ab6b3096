"""Saving what was typed, as it is typed: row by row, without ever writing over another window."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import transaction
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.ledger.models import Organization
from volunteers.desk.domain.checking import store_verdicts
from volunteers.desk.domain.drafts import lock_draft, touch
from volunteers.desk.models import (
    CELLS,
    COMMON,
    MOST_OF_PERSON,
    Draft,
    DraftRow,
    DraftState,
    RowState,
)
from volunteers.desk.summary.figures import plain_hours
from volunteers.desk.summary.people import Chosen, chosen_from, chosen_of
from volunteers.hours.models import ServiceKind

__all__ = ["MOST_ROWS", "SHARED", "Common", "Saved", "TypedRow", "recheck_draft", "save_rows"]

MOST_ROWS = 500


@dataclass(frozen=True, slots=True, kw_only=True)
class TypedRow:
    """A row as a window sends it; ``base`` is the revision that it had seen, 0 for a new row.

    ``volunteer`` is what the choice was called when it was shown, empty for none.
    """

    key: UUID
    base: int
    position: float
    cells: Mapping[str, str]
    volunteer: str = ""
    removed: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Common:
    """The common values as a window sends them, and the revision that it had seen.

    ``texts`` holds any of `SHARED`; what it lacks stays as it is.
    """

    base: int
    texts: Mapping[str, str]


@dataclass(slots=True)
class Saved:
    """What became of it: the draft as it stands, and the rows that were not written."""

    draft: Draft
    conflicts: list[UUID] = field(default_factory=list)
    common_conflict: bool = False


@transaction.atomic
def save_rows(
    draft: Draft,
    *,
    actor: Actor,
    window: UUID,
    rows: Sequence[TypedRow],
    common: Common | None = None,
) -> Saved:
    """Writes what changed, and checks all rows anew where anything did.

    A row that another window has changed since ``base`` is not written but named as a conflict;
    the same holds for the common values. What is sent twice is written once. Raises `Refusal` for
    a draft that is not open and past 500 rows.
    """
    actor.must("hours.record")
    saved = Saved(lock_draft(draft.pk, DraftState.OPEN))
    standing = {row.key: row for row in saved.draft.rows.order_by("position", "id")}
    before = saved.draft.revision
    chosen = chosen_from(
        (row.volunteer for row in rows if row.volunteer), below=saved.draft.committee_id
    )
    writer = _Writer(saved, actor=actor, window=window)
    if common is not None:
        writer.write_common(common)
    written = [row for typed in rows if (row := writer.write(standing, typed, chosen)) is not None]
    _must_not_be_too_many(standing.values())
    if written or saved.draft.revision != before:
        store_verdicts(saved.draft, standing.values(), written=written)
    return saved


@transaction.atomic
def recheck_draft(draft: Draft, *, actor: Actor) -> Draft:
    """Checks all rows anew: what was right yesterday may stand in another record's way today."""
    actor.must("hours.record")
    locked = lock_draft(draft.pk, DraftState.OPEN)
    store_verdicts(locked, locked.rows.order_by("position", "id"), written=[])
    return locked


class _Writer:
    """Writes into the locked draft; the first change counts its revision up."""

    def __init__(self, saved: Saved, *, actor: Actor, window: UUID) -> None:
        self._saved = saved
        self._draft = saved.draft
        self._before = saved.draft.revision
        self._actor = actor
        self._window = window

    def write_common(self, common: Common) -> None:
        """The common values, unless another window has changed them since."""
        before = _shared(self._draft)
        given = {name: _given(self._draft, name, text) for name, text in common.texts.items()}
        if before == before | given:
            return
        if common.base < self._draft.common_revision and self._draft.common_window != self._window:
            self._saved.common_conflict = True
            return
        for name, value in given.items():
            setattr(self._draft, _ATTRIBUTE.get(name, name), value)
        self._draft.common_revision = self._revision()
        self._draft.common_window = self._window

    def write(
        self, standing: dict[UUID, DraftRow], typed: TypedRow, chosen: Mapping[str, Chosen]
    ) -> DraftRow | None:
        """The row as it is to be stored, None where nothing changes."""
        row = standing.get(typed.key)
        if row is None and typed.removed:
            return None
        if row is None:
            row = DraftRow(draft=self._draft, committee_id=self._draft.committee_id, key=typed.key)
            before = None
        else:
            before = row.content()
        kept = {name: getattr(row, name) for name in _KEPT}
        _fill(row, typed, chosen)
        if row.content() == before:
            return None
        if before is not None and self._is_conflict(row, typed):
            for name, value in kept.items():
                setattr(row, name, value)
            self._saved.conflicts.append(row.key)
            return None
        row.revision = row.typed_revision = self._revision()
        row.window = self._window
        row.changed_by_label = self._actor.label
        standing[row.key] = row
        return row

    def _is_conflict(self, row: DraftRow, typed: TypedRow) -> bool:
        if row.state == RowState.SUBMITTED:
            return True
        return typed.base < row.typed_revision and row.window != self._window

    def _revision(self) -> int:
        if self._draft.revision == self._before:
            touch(self._draft, actor=self._actor)
        return self._draft.revision


SHARED = (*COMMON, "title", "evidence", "organization")
_ATTRIBUTE = {"organization": "organization_id"}
_KEPT = (
    *CELLS, "volunteer_id", "volunteer_name", "volunteer_number", "visitor", "position", "removed",
)  # fmt: skip


def _fill(row: DraftRow, typed: TypedRow, chosen: Mapping[str, Chosen]) -> None:
    earlier = row.volunteer_id
    for name in CELLS:
        setattr(row, name, _cut(row, name, typed.cells.get(name, "")))
    row.hours = plain_hours(row.hours)
    row.position, row.removed = typed.position, typed.removed
    who = chosen.get(typed.volunteer)
    if who is None and typed.volunteer and typed.volunteer == row.volunteer_number and earlier:
        who = chosen_of(row)  # somebody who has moved away since
    row.volunteer_id = who.pk if who else None
    row.volunteer_name, row.volunteer_number = (who.name, who.number) if who else ("", "")
    row.visitor = bool(who and who.visitor)
    if who is not None:
        row.person = who.name


def _cut(row: Draft | DraftRow, name: str, text: str) -> str:
    """As much as is kept; what is longer than that is no such cell, and the check says so."""
    if name == "person":
        return text[:MOST_OF_PERSON]
    most: int | None = getattr(row._meta.get_field(name), "max_length", None)
    return text[:most]


def _shared(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, _ATTRIBUTE.get(name, name)) for name in SHARED}


def _given(draft: Draft, name: str, text: str) -> str | int | None:
    """The value to store; a kind or an organisation that is none here is none."""
    if name == "organization":
        return _organization(text)
    if name == "kind" and text not in ServiceKind.values:
        return ""
    return _cut(draft, name, text)


def _organization(text: str) -> int | None:
    """The key of one that the scope shows, else none."""
    if not (text.isascii() and text.isdigit()) or len(text) > 18:
        return None
    return Organization.objects.filter(pk=int(text)).values_list("pk", flat=True).first()


def _must_not_be_too_many(rows: Iterable[DraftRow]) -> None:
    standing = sum(not row.removed for row in rows)
    if standing > MOST_ROWS:
        message = _("A draft holds {most} rows. Submit what is right, then go on.")
        raise Refusal(message.format(most=MOST_ROWS), code="too_many_rows")
