"""What awaits a second person, sheet by sheet: what is odd first, then the oldest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, Min, OuterRef, Q, Sum

from core.tenancy.keys import CHARACTERS_PER_TIER, tier_of
from core.web.counts import CountOf
from core.web.keyset import id_from
from volunteers.evidence.models import EvidenceFile
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries.records import SheetQuerySet
from volunteers.signals.models import RecordSignal
from volunteers.signals.queries.odd import Chip, chips_of_sheets, odd_sheets, signals_of

__all__ = [
    "Place",
    "SheetSummary",
    "Waiting",
    "hours_awaiting_confirmation",
    "oddities_of",
    "sheet_summaries",
    "sheets_awaiting_confirmation",
    "sheets_odd_first",
    "sheets_sent_back",
    "states_of",
]

# The work of a day; past it the reader only needs to know that there is more.
COUNTED_SHEETS = 100
COUNTED_RECORDS = 10_000
SHEETS_SENT_BACK = 20

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
    SELECT sheet_id FROM waiting WHERE sheet_id IS NOT NULL {besides} LIMIT %(limit)s
"""
_NOT_ODD = """
    AND NOT EXISTS (
        SELECT FROM volunteers_recordsignal s
        WHERE s.sheet_id = waiting.sheet_id AND s.waiting AND s.{tier} = %(path)s)
"""
_WAITING_SHEETS = {tier: _SKIP.format(tier=f"tier{tier}", besides="") for tier in (1, 2, 3)}
_CLEAN_SHEETS = {
    tier: _SKIP.format(tier=f"tier{tier}", besides=_NOT_ODD.format(tier=f"tier{tier}"))
    for tier in (1, 2, 3)
}


@dataclass(frozen=True, slots=True)
class SheetSummary:
    """A sheet with what its records of one state come to.

    ``own`` counts those that the reader entered, ``odd`` those that wait and have a signal, which
    ``chips`` name. ``activity`` is one of ``activities``, ``files`` the pieces of evidence.
    """

    sheet: HoursSheet
    records: int
    minutes: int
    people: int
    odd: int
    own: int
    first_day: date | None
    last_day: date | None
    activity: str = ""
    activities: int = 0
    files: int = 0
    chips: Sequence[Chip] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where a page of the queue begins: past a sheet, among the odd ones or the others."""

    odd: bool = True
    sheet: int = 0

    @classmethod
    def from_text(cls, text: str | None) -> Place:
        """``odd-17`` or ``17``; anything else is the beginning."""
        text = text or ""
        sheet = id_from(text.removeprefix("odd-"))
        return cls() if sheet is None else cls(text.startswith("odd-"), sheet)

    def __str__(self) -> str:
        return f"odd-{self.sheet}" if self.odd else str(self.sheet)


@dataclass(frozen=True, slots=True)
class Waiting:
    """What waits for a committee and everything below it.

    ``sheets`` is exact up to 100, ``records`` and, of these, ``odd`` up to 10,000; one more stands
    for "more".
    """

    sheets: int
    records: int
    odd: int
    oldest: datetime | None


def sheets_awaiting_confirmation(path: str, *, after: int = 0, limit: int) -> list[int]:
    """Ids of sheets with waiting records at or below ``path``, ascending, past ``after``."""
    return _skip(_WAITING_SHEETS, path, after, limit)


def sheets_odd_first(path: str, *, after: Place, limit: int) -> list[Place]:
    """The queue past ``after``: sheets with odd records, then the others, each from the oldest."""
    found: list[Place] = []
    if after.odd:
        found = [Place(True, pk) for pk in odd_sheets(path, after=after.sheet, limit=limit)]
    begin = 0 if after.odd else after.sheet
    clean = _skip(_CLEAN_SHEETS, path, begin, limit - len(found))
    return [*found, *(Place(False, pk) for pk in clean)]


def _skip(statements: Mapping[int, str], path: str, after: int, limit: int) -> list[int]:
    # Four tiers deep, the policy leaves of the county's sheets only the committee's own.
    tier = min(tier_of(path), max(statements))
    if not tier:
        return []
    key = path[: tier * CHARACTERS_PER_TIER]
    with connection.cursor() as cursor:
        cursor.execute(statements[tier], {"path": key, "after": after, "limit": limit})
        return [sheet for (sheet,) in cursor.fetchall()]


def sheets_sent_back(user: int | None) -> SheetQuerySet:
    """The account's sheets that were sent back and still hold drafts, newest first."""
    drafts = ServiceRecord.objects.filter(sheet=OuterRef("pk"), state=RecordState.DRAFT)
    sheets = HoursSheet.objects.filter(recorded_by=user, returned_at__isnull=False)
    return sheets.filter(Exists(drafts)).order_by("-pk")


def sheet_summaries(
    ids: Sequence[int], *, reader: int | None, state: RecordState = RecordState.SUBMITTED
) -> list[SheetSummary]:
    """The sheets in the order of ``ids``; those out of reach are left out. Five queries.

    ``reader`` is the id of the account that looks.
    """
    if not ids:
        return []
    sheets = HoursSheet.objects.select_related("committee").in_bulk(ids)
    helped = HoursSheet.objects.entered_with_help_of(reader)
    rows = (
        ServiceRecord.objects.filter(sheet_id__in=ids, state=state)
        .values("sheet_id")
        .annotate(
            records=Count("pk"),
            sum_minutes=Sum("minutes"),
            people=Count("volunteer_id", distinct=True),
            activity=Min("activity_title"),
            activities=Count("activity_title", distinct=True),
            own=Count("pk", filter=Q(recorded_by=reader) | Q(sheet__in=helped)),
            first_day=Min("served_on"),
            last_day=Max("served_on"),
        )
    )
    found: dict[int, Mapping[str, Any]] = {row["sheet_id"]: row for row in rows}
    files = EvidenceFile.objects.counts_of(sheet.evidence_key for sheet in sheets.values())
    odd = chips_of_sheets(ids)
    return [
        _summary(sheets[pk], found.get(pk, {}), files.get(sheets[pk].evidence_key, 0), odd.get(pk))
        for pk in ids
        if pk in sheets
    ]


def states_of(sheet: HoursSheet) -> dict[str, int]:
    """How many records of the sheet are in each state; states without any are left out."""
    rows = ServiceRecord.objects.filter(sheet=sheet).order_by().values_list("state")
    return dict(rows.annotate(records=Count("pk")))


def hours_awaiting_confirmation(path: str) -> Waiting:
    """The queue of a committee in three figures. Two queries."""
    sheets = sheets_awaiting_confirmation(path, limit=COUNTED_SHEETS + 1)
    if not sheets:
        return Waiting(0, 0, 0, None)
    waiting = ServiceRecord.objects.filter(sheet_id__in=sheets).awaiting_confirmation()
    odd = RecordSignal.objects.waiting().filter(sheet__in=sheets).values("record").distinct()
    oldest = HoursSheet.objects.filter(pk=sheets[0])
    found = oldest.values_list(
        "created_at", CountOf(waiting, cap=COUNTED_RECORDS), CountOf(odd, cap=COUNTED_RECORDS)
    )
    since, records, odd_records = found.first() or (None, 0, 0)
    return Waiting(len(sheets), records, odd_records, since)


def oddities_of(record: ServiceRecord) -> list[str]:
    """Why a second look is worth while; empty for most records. Not a fault. One query."""
    return [signal.sentence for signal in signals_of([record.pk]).get(record.pk, [])]


def _summary(
    sheet: HoursSheet, row: Mapping[str, Any], files: int, odd: tuple[int, list[Chip]] | None
) -> SheetSummary:
    return SheetSummary(
        sheet=sheet,
        records=row.get("records", 0),
        minutes=row.get("sum_minutes", 0),
        people=row.get("people", 0),
        odd=odd[0] if odd else 0,
        own=row.get("own", 0),
        first_day=row.get("first_day"),
        last_day=row.get("last_day"),
        activity=row.get("activity", ""),
        activities=row.get("activities", 0),
        files=files,
        chips=odd[1] if odd else (),
    )
