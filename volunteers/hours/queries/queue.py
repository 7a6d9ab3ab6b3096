"""What awaits a second person, sheet by sheet, oldest first."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.keys import CHARACTERS_PER_TIER, tier_of
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord

__all__ = [
    "SheetSummary",
    "Waiting",
    "hours_awaiting_confirmation",
    "oddities_of",
    "sheet_summaries",
    "sheets_awaiting_confirmation",
    "sheets_sent_back",
    "states_of",
]

LONG_MINUTES = 10 * 60
EARLY_HOUR = 6
# The work of a day; past it the reader only needs to know that there is more.
COUNTED_SHEETS = 100
COUNTED_RECORDS = 10_000
SHEETS_SENT_BACK = 20

ODD = Q(minutes__gt=LONG_MINUTES) | Q(during__startswith__hour__lt=EARLY_HOUR)

# From one waiting sheet to the next by its index, whatever number of records each one has.
_SKIP = """
    WITH RECURSIVE waiting AS (
        (SELECT sheet_id FROM volunteers_servicerecord
         WHERE state = 'submitted' AND {tier} = %(path)s AND sheet_id > %(after)s
         ORDER BY sheet_id LIMIT 1)
        UNION ALL
        SELECT (SELECT r.sheet_id FROM volunteers_servicerecord r
                WHERE r.state = 'submitted' AND r.{tier} = %(path)s
                  AND r.sheet_id > waiting.sheet_id
                ORDER BY r.sheet_id LIMIT 1)
        FROM waiting WHERE sheet_id IS NOT NULL
    )
    SELECT sheet_id FROM waiting WHERE sheet_id IS NOT NULL LIMIT %(limit)s
"""
_WAITING_SHEETS = {tier: _SKIP.format(tier=f"tier{tier}") for tier in (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """A sheet with what its records of one state come to.

    ``own`` counts those that the reader entered.
    """

    sheet: HoursSheet
    records: int
    minutes: int
    people: int
    odd: int
    own: int
    first_day: date | None
    last_day: date | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a committee and everything below it.

    ``sheets`` is exact up to 100 and ``records`` up to 10,000; one more stands for "more".
    """

    sheets: int
    records: int
    oldest: datetime | None


def sheets_awaiting_confirmation(path: str, *, after: int = 0, limit: int) -> list[int]:
    """Ids of sheets with waiting records at or below ``path``, ascending, past ``after``."""
    # Four tiers deep, the policy leaves of the county's sheets only the committee's own.
    tier = min(tier_of(path), max(_WAITING_SHEETS))
    if not tier:
        return []
    key = path[: tier * CHARACTERS_PER_TIER]
    with connection.cursor() as cursor:
        cursor.execute(_WAITING_SHEETS[tier], {"path": key, "after": after, "limit": limit})
        return [sheet for (sheet,) in cursor.fetchall()]


def sheets_sent_back(user: int | None) -> list[int]:
    """Ids of the account's sheets that were sent back and still hold drafts, newest first."""
    drafts = ServiceRecord.objects.filter(sheet=OuterRef("pk"), state=RecordState.DRAFT)
    sheets = HoursSheet.objects.filter(recorded_by=user, returned_at__isnull=False)
    found = sheets.filter(Exists(drafts)).order_by("-pk").values_list("pk", flat=True)
    return list(found[:SHEETS_SENT_BACK])


def sheet_summaries(
    ids: Sequence[int], *, reader: int | None, state: RecordState = RecordState.SUBMITTED
) -> list[SheetSummary]:
    """The sheets in the order of ``ids``; those out of reach are left out. Two queries.

    ``reader`` is the id of the account that looks.
    """
    sheets = HoursSheet.objects.select_related("committee").in_bulk(ids)
    rows = (
        ServiceRecord.objects.filter(sheet_id__in=ids, state=state)
        .values("sheet_id")
        .annotate(
            records=Count("pk"),
            sum_minutes=Sum("minutes"),
            people=Count("volunteer_id", distinct=True),
            odd=Count("pk", filter=ODD),
            own=Count("pk", filter=Q(recorded_by=reader)),
            first_day=Min("served_on"),
            last_day=Max("served_on"),
        )
    )
    found: dict[int, Mapping[str, Any]] = {row["sheet_id"]: row for row in rows}
    return [_summary(sheets[pk], found.get(pk, {})) for pk in ids if pk in sheets]


def states_of(sheet: HoursSheet) -> dict[str, int]:
    """How many records of the sheet are in each state; states without any are left out."""
    rows = ServiceRecord.objects.filter(sheet=sheet).order_by().values_list("state")
    return dict(rows.annotate(records=Count("pk")))


def hours_awaiting_confirmation(path: str) -> Waiting:
    """The queue of a committee in three figures."""
    sheets = sheets_awaiting_confirmation(path, limit=COUNTED_SHEETS + 1)
    waiting = ServiceRecord.objects.filter(sheet_id__in=sheets).awaiting_confirmation()
    oldest = HoursSheet.objects.filter(pk__in=sheets[:1]).first()
    return Waiting(
        sheets=len(sheets),
        records=waiting.order_by()[: COUNTED_RECORDS + 1].count(),
        oldest=oldest.created_at if oldest else None,
    )


def oddities_of(record: ServiceRecord) -> list[str]:
    """Why a second look is worth while; empty for most records. Not a fault."""
    found = []
    if record.minutes > LONG_MINUTES:
        found.append(_("more than 10 hours"))
    starts = record.during.lower if record.during else None
    if starts is not None and timezone.localtime(starts).hour < EARLY_HOUR:
        found.append(_("begins before 6:00"))
    return found


def _summary(sheet: HoursSheet, row: Mapping[str, Any]) -> SheetSummary:
    return SheetSummary(
        sheet=sheet,
        records=row.get("records", 0),
        minutes=row.get("sum_minutes", 0),
        people=row.get("people", 0),
        odd=row.get("odd", 0),
        own=row.get("own", 0),
        first_day=row.get("first_day"),
        last_day=row.get("last_day"),
    )
