"""What stands about sheets and records."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from django.db import connection
from django.db.models import Exists, OuterRef

from core.tenancy.keys import CHARACTERS_PER_TIER, tier_of
from volunteers.signals.models import RecordSignal, SignalCode, UnseenSheet

__all__ = ["Chip", "chips_of_sheets", "is_unseen", "odd_sheets", "signal_of", "signals_of"]

# From one odd sheet to the next by its index. The mark of a sheet that has just been confirmed may
# still be on its way, so the sheet itself is asked whether anything waits.
_SKIP = """
    WITH RECURSIVE odd AS (
        (SELECT sheet_id FROM volunteers_recordsignal
         WHERE waiting AND {tier} = %(path)s AND sheet_id > %(after)s
         ORDER BY sheet_id LIMIT 1)
        UNION ALL
        SELECT (SELECT s.sheet_id FROM volunteers_recordsignal s
                WHERE s.waiting AND s.{tier} = %(path)s AND s.sheet_id > odd.sheet_id
                ORDER BY s.sheet_id LIMIT 1)
        FROM odd WHERE sheet_id IS NOT NULL
    )
    SELECT sheet_id FROM odd
    WHERE sheet_id IS NOT NULL AND EXISTS (
        SELECT FROM volunteers_servicerecord r
        WHERE r.sheet_id = odd.sheet_id AND r.state = 'submitted' AND r.{tier} = %(path)s)
    LIMIT %(limit)s
"""
# By sheet and signal, and by sheet alone. The signals' own mark follows a confirmation two seconds
# later; the records know at once.
_ODD_BY_SHEET = """
    SELECT s.sheet_id, s.code, count(*), count(DISTINCT s.record_id)
    FROM volunteers_recordsignal s JOIN volunteers_servicerecord r ON r.id = s.record_id
    WHERE s.waiting AND s.sheet_id = ANY(%(sheets)s) AND r.state = 'submitted'
    GROUP BY GROUPING SETS ((s.sheet_id, s.code), (s.sheet_id))
"""
_ODD_SHEETS = {tier: _SKIP.format(tier=f"tier{tier}") for tier in (1, 2, 3)}


@dataclass(frozen=True, slots=True)
class Chip:
    """How many waiting records of a sheet have one signal."""

    label: str
    count: int


def odd_sheets(path: str, *, after: int = 0, limit: int) -> list[int]:
    """Ids of sheets at or below ``path`` with odd records that wait, ascending, past ``after``."""
    # Four tiers deep, the policy leaves of the county's signals only the committee's own.
    tier = min(tier_of(path), max(_ODD_SHEETS))
    if not tier:
        return []
    key = path[: tier * CHARACTERS_PER_TIER]
    with connection.cursor() as cursor:
        cursor.execute(_ODD_SHEETS[tier], {"path": key, "after": after, "limit": limit})
        return [sheet for (sheet,) in cursor.fetchall()]


def signal_of(record: str = "pk") -> Exists:
    """Whether a row's record (its key by that name) has a signal, for filters of querysets."""
    return Exists(RecordSignal.objects.filter(record=OuterRef(record)))


def signals_of(record_ids: Iterable[int]) -> dict[int, list[RecordSignal]]:
    """The signals of each of these records, in their one order. One query."""
    order = {str(code): place for place, code in enumerate(SignalCode)}
    found: dict[int, list[RecordSignal]] = defaultdict(list)
    for signal in RecordSignal.objects.filter(record__in=list(record_ids)):
        found[signal.record_id].append(signal)
    for signals in found.values():
        signals.sort(key=lambda signal: order[signal.code])
    return dict(found)


def chips_of_sheets(sheet_ids: Sequence[int]) -> dict[int, tuple[int, list[Chip]]]:
    """For each sheet how many of its waiting records are odd, and its chips. One query."""
    with connection.cursor() as cursor:
        cursor.execute(_ODD_BY_SHEET, {"sheets": list(sheet_ids)})
        rows = cursor.fetchall()
    counts = {(sheet, code): signals for sheet, code, signals, _records in rows if code}
    return {
        sheet: (
            records,
            [
                Chip(str(code.label), counts[sheet, code])
                for code in SignalCode
                if (sheet, code) in counts
            ],
        )
        for sheet, code, _signals, records in rows
        if code is None
    }


def is_unseen(sheet_id: int) -> bool:
    """Whether the sheet has changed since it was looked at."""
    return UnseenSheet.objects.of(sheet_id).exists()
