"""The records of a sheet that was sent back, beside the rows of the draft that mends it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from hashlib import sha256

from volunteers.desk.models import Draft, DraftRow
from volunteers.hours.models import RecordState, ServiceRecord

__all__ = ["mended_records", "stamp_of", "stands_as_taken_up"]


def mended_records(
    draft: Draft, rows: Iterable[DraftRow] = (), *, locked: bool = False
) -> Mapping[int, ServiceRecord]:
    """By their keys, those that rows of the draft mend, removed rows' too; none for most drafts.

    ``rows`` are some that may not be stored yet.
    """
    if draft.sheet_id is None:
        return {}
    stored = draft.rows.filter(mends__isnull=False).values_list("mends_id", flat=True)
    mended = {*stored, *(row.mends_id for row in rows if row.mends_id is not None)}
    records = ServiceRecord.objects.filter(sheet=draft.sheet_id, pk__in=mended).order_by("pk")
    if locked:
        records = records.select_for_update(of=["self"])
    return {record.pk: record for record in records}


def stands_as_taken_up(row: DraftRow, mended: Mapping[int, ServiceRecord]) -> bool:
    """Whether nobody has changed what the row mends since; true of a row that mends nothing."""
    if row.mends_id is None:
        return True
    record = mended.get(row.mends_id)
    return (
        record is not None
        and record.state == RecordState.DRAFT
        and stamp_of(record) == row.mends_stamp
    )


def stamp_of(record: ServiceRecord) -> str:
    """A hash of all that a row may change of the record."""
    said = (
        record.volunteer_id,
        record.organization_id,
        record.activity_title,
        record.kind,
        record.served_on,
        record.during and (record.during.lower.timestamp(), record.during.upper.timestamp()),
        record.minutes,
        record.note,
    )
    return sha256(repr(said).encode()).hexdigest()
