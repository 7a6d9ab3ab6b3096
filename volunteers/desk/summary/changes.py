"""What a window is told: the rows that changed since it last asked, as plain values for JSON."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any
from uuid import UUID

from django.utils import timezone

from organizations.committees.models import Committee
from volunteers.desk.models import COMMON, Draft, DraftRow, RowState
from volunteers.desk.summary.checks import effective
from volunteers.desk.summary.faults import DeskFault
from volunteers.desk.summary.matching import match_people
from volunteers.desk.summary.people import Chosen, Person, people_shown, person_of_visitor
from volunteers.registry.models import Volunteer

__all__ = ["changes_of", "common_of", "person_shown", "rows_shown"]


def changes_of(
    draft: Draft,
    *,
    since: int,
    reader: str,
    window: UUID | None = None,
    conflicts: Collection[UUID] = (),
) -> dict[str, Any]:
    """``Changes``: all that changed after revision ``since``, and the rows in ``conflicts``.

    ``by`` names who else changed something of it: another window where the reader's is known,
    else another person than ``reader``.
    """
    rows = list(draft.rows.changed_since(since))
    theirs = list(draft.rows.filter(key__in=conflicts)) if conflicts else []
    shown = rows_shown(draft, [*rows, *theirs])
    return {
        "revision": draft.revision,
        "common": common_of(draft),
        "rows": shown[: len(rows)],
        "conflicts": [{"key": row["key"], "theirs": row} for row in shown[len(rows) :]],
        "by": _by(rows, reader=reader, window=window) if since else "",
        "state": draft.state,
    }


def common_of(draft: Draft) -> dict[str, Any]:
    """The values set once for all rows, as typed."""
    return {
        **{name: getattr(draft, name) for name in COMMON},
        "organization": draft.organization_id,
        "title": draft.title,
        "evidence": draft.evidence,
        "revision": draft.common_revision,
    }


def rows_shown(draft: Draft, rows: Sequence[DraftRow]) -> list[dict[str, Any]]:
    """The rows in their order; whom they name and may mean in a handful of queries."""
    if not rows:
        return []
    own = Committee.objects.get(pk=draft.committee_id)
    candidates = _candidates(draft, rows)
    asked = {row.volunteer_id for row in rows if row.volunteer_id and not row.visitor}
    asked |= {pk for pks in candidates.values() for pk in pks}
    people = _people(asked, own)
    return [_row(draft, row, people, candidates.get(row.person, ())) for row in rows]


def _row(
    draft: Draft, row: DraftRow, people: Mapping[int, Person], candidates: Iterable[int]
) -> dict[str, Any]:
    choosing = row.state == RowState.CHOOSE
    return {
        "key": str(row.key),
        "position": row.position,
        "cells": row.cells,
        "removed": row.removed,
        "revision": row.revision,
        "volunteer": _chosen(row, people),
        "candidates": [person_shown(people[pk]) for pk in candidates if choosing and pk in people],
        "state": row.state,
        "field": row.field,
        "message": _message(row),
        "minutes": row.minutes,
        "effective": effective(row, draft, today=timezone.localdate()),
    }


def person_shown(person: Person) -> dict[str, Any]:
    """``Person``."""
    return {
        "id": person.id,
        "number": person.number,
        "name": person.name,
        "township": person.township,
        "age": person.age,
        "phone": person.phone,
        "last_served": person.last_served.isoformat() if person.last_served else None,
        "visitor": person.visitor,
    }


def _chosen(row: DraftRow, people: Mapping[int, Person]) -> dict[str, Any] | None:
    if row.volunteer_id is None:
        return None
    known = people.get(row.volunteer_id)
    if known is None:
        # A visitor, or somebody who has moved to another committee since.
        chosen = Chosen(row.volunteer_id, row.volunteer_name, row.volunteer_number, visitor=True)
        known = person_of_visitor(chosen)
    return person_shown(known)


def _message(row: DraftRow) -> str:
    if not row.fault:
        return ""
    return DeskFault(row.fault["code"], **row.fault["params"]).message


def _candidates(draft: Draft, rows: Sequence[DraftRow]) -> dict[str, tuple[int, ...]]:
    texts = {row.person for row in rows if row.state == RowState.CHOOSE}
    if not texts:
        return {}
    matches = match_people(texts, below=draft.committee_id)
    return {text: match.candidates for text, match in matches.items()}


def _people(ids: Collection[int], own: Committee) -> dict[int, Person]:
    found = list(Volunteer.objects.filter(pk__in=ids)) if ids else []
    shown = people_shown(found, own=own)
    return {volunteer.pk: person for volunteer, person in zip(found, shown, strict=True)}


def _by(rows: Iterable[DraftRow], *, reader: str, window: UUID | None) -> str:
    others = [
        row for row in rows if (row.window != window if window else row.changed_by_label != reader)
    ]
    latest = max(others, key=lambda row: row.revision, default=None)
    return latest.changed_by_label if latest else ""
