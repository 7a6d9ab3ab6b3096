"""What the desk's first page lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Count, Q, Sum

from volunteers.desk.models import Draft, DraftRow, RowState
from volunteers.hours.models import HoursSheet, RecordState
from volunteers.hours.queries.queue import SheetSummary, sheet_summaries

__all__ = ["DraftSummary", "drafts_shown", "sheets_to_repeat", "templates_shown"]

MOST_DRAFTS = 50
MOST_SHEETS = 10


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft with its rows counted: all that hold something, those that are right."""

    draft: Draft
    rows: int
    ready: int
    minutes: int


def drafts_shown(committee: str) -> list[DraftSummary]:
    """The committee's open drafts, the latest change first. Two queries."""
    drafts = Draft.objects.open().filter(committee_id=committee).newest_first()
    return _summaries(list(drafts[:MOST_DRAFTS]))


def templates_shown(committee: str) -> list[DraftSummary]:
    """The committee's templates by name. Two queries."""
    drafts = Draft.objects.templates().filter(committee_id=committee).order_by("title", "pk")
    return _summaries(list(drafts[:MOST_DRAFTS]))


def sheets_to_repeat(committee: str) -> list[SheetSummary]:
    """The committee's latest sheets of hours, newest first. Three queries."""
    sheets = HoursSheet.objects.filter(committee_id=committee).order_by("-pk")
    ids = list(sheets.values_list("pk", flat=True)[:MOST_SHEETS])
    waiting = sheet_summaries(ids, reader=None)
    confirmed = sheet_summaries(ids, reader=None, state=RecordState.CONFIRMED)
    pairs = zip(waiting, confirmed, strict=True)
    return [each if each.records else other for each, other in pairs]


def _summaries(drafts: Sequence[Draft]) -> list[DraftSummary]:
    counts = _counts([draft.pk for draft in drafts])
    return [
        DraftSummary(
            draft=draft,
            rows=counts.get(draft.pk, {}).get("rows", 0),
            ready=counts.get(draft.pk, {}).get("ready", 0),
            minutes=counts.get(draft.pk, {}).get("sum_minutes") or 0,
        )
        for draft in drafts
    ]


def _counts(keys: Sequence[UUID]) -> Mapping[UUID, Mapping[str, Any]]:
    rows = (
        DraftRow.objects.filter(draft__in=keys, removed=False)
        .exclude(state__in=[RowState.EMPTY, RowState.SUBMITTED])
        .values("draft_id")
        .annotate(
            rows=Count("pk"),
            ready=Count("pk", filter=Q(state=RowState.READY)),
            sum_minutes=Sum("minutes"),
        )
    )
    return {row["draft_id"]: row for row in rows}
