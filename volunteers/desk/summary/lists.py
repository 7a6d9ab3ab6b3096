"""What the desk's first page lists."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from django.db.models import Count, Max, Min, Q, Sum

from volunteers.desk.models import Draft, DraftRow, RowState
from volunteers.desk.summary.dueness import Due, due_of
from volunteers.hours.models import HoursSheet, ServiceRecord

__all__ = ["DraftSummary", "PastSheet", "drafts_shown", "sheets_to_repeat", "templates_shown"]

MOST_DRAFTS = 50
MOST_SHEETS = 10


@dataclass(frozen=True, slots=True)
class DraftSummary:
    """A draft with its rows counted: all that hold something, those that are right."""

    draft: Draft
    rows: int
    ready: int
    minutes: int
    due: Due | None = None


@dataclass(frozen=True, slots=True)
class PastSheet:
    """A sheet with what its standing records come to."""

    sheet: HoursSheet
    records: int
    people: int
    minutes: int
    first_day: date
    last_day: date


def drafts_shown(committee: str) -> list[DraftSummary]:
    """The committee's open drafts, the latest change first. Four queries."""
    drafts = list(Draft.objects.open().filter(committee_id=committee).newest_first()[:MOST_DRAFTS])
    return _summaries(drafts, due_of(drafts, path=committee))


def templates_shown(committee: str) -> list[DraftSummary]:
    """The committee's templates by name. Two queries."""
    drafts = Draft.objects.templates().filter(committee_id=committee).order_by("title", "pk")
    return _summaries(list(drafts[:MOST_DRAFTS]))


def sheets_to_repeat(committee: str) -> list[PastSheet]:
    """The committee's latest sheets with standing records, newest first. Two queries."""
    sheets = HoursSheet.objects.filter(committee_id=committee).order_by("-pk")[:MOST_SHEETS]
    by_key = {sheet.pk: sheet for sheet in sheets}
    rows = (
        ServiceRecord.objects.filter(sheet_id__in=by_key)
        .standing()
        .values("sheet_id")
        .annotate(
            records=Count("pk"),
            people=Count("volunteer_id", distinct=True),
            sum_minutes=Sum("minutes"),
            first_day=Min("served_on"),
            last_day=Max("served_on"),
        )
        .order_by("-sheet_id")
    )
    return [
        PastSheet(
            sheet=by_key[row["sheet_id"]],
            records=row["records"],
            people=row["people"],
            minutes=row["sum_minutes"],
            first_day=row["first_day"],
            last_day=row["last_day"],
        )
        for row in rows
    ]


def _summaries(
    drafts: Sequence[Draft], due: Mapping[UUID, Due] | None = None
) -> list[DraftSummary]:
    counts = _counts([draft.pk for draft in drafts])
    return [
        DraftSummary(
            draft=draft,
            rows=counts.get(draft.pk, {}).get("rows", 0),
            ready=counts.get(draft.pk, {}).get("ready", 0),
            minutes=counts.get(draft.pk, {}).get("sum_minutes") or 0,
            due=(due or {}).get(draft.pk),
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
