"""A sheet that was sent back, taken up again in the grid and handed in anew."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar
from uuid import UUID

from django.db import transaction
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils.translation import gettext as _

from core.tenancy.scope import because
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.desk.domain.drafts import begin_draft
from volunteers.desk.domain.repeating import row_of, share_common, stored
from volunteers.desk.domain.rows import MOST_ROWS
from volunteers.desk.models import Draft, DraftRow
from volunteers.desk.summary.checks import Verdict
from volunteers.desk.summary.mending import mended_records, stamp_of, stands_as_taken_up
from volunteers.hours.imports.parsing import Stretch
from volunteers.hours.kinds import kind_of_activity
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord

__all__ = ["Terms", "hand_in_unchanged", "lock_mended", "reopen_sheet", "void_mended"]

T = TypeVar("T")


@transaction.atomic
def reopen_sheet(sheet: HoursSheet, *, actor: Actor) -> Draft:
    """A draft with the sheet's drafts as rows; the one that is open already, whoever began it.

    Until it is submitted the records stay as they are. Raises `Refusal` when nothing of the sheet
    is a draft, and past 500.
    """
    actor.must("hours.record")
    locked = HoursSheet.objects.locked().get(pk=sheet.pk)
    if (earlier := Draft.objects.open().filter(sheet=locked).first()) is not None:
        return earlier
    drafts = ServiceRecord.objects.filter(sheet=locked, state=RecordState.DRAFT).order_by("pk")
    records = list(drafts[: MOST_ROWS + 1])
    _must_fit(records)
    draft = begin_draft(actor=actor, title=locked.title, sheet=locked)
    draft.evidence = locked.evidence
    rows = [_row_of(draft, record) for record in records]
    share_common(draft, rows)
    draft.kind = _shared(record.kind for record in records) or ""
    draft.organization_id = _shared(record.organization_id for record in records)
    return stored(draft, rows, actor=actor)


def _must_fit(records: Sequence[ServiceRecord]) -> None:
    if not records:
        message = _("Nothing of this sheet is to be mended.")
        raise Refusal(message, code="nothing_to_mend")
    if len(records) > MOST_ROWS:
        message = _(
            "The grid holds {most} rows, and more of this sheet are drafts. Mend those that are "
            "wrong one by one, then submit the drafts."
        )
        raise Refusal(message.format(most=MOST_ROWS), code="too_many_rows")


def _row_of(draft: Draft, record: ServiceRecord) -> DraftRow:
    row = row_of(draft, record, record.served_on)
    row.note = record.note
    row.mends, row.mends_stamp = record, stamp_of(record)
    return row


def lock_mended(draft: Draft) -> Mapping[int, ServiceRecord]:
    """Locks the sheet, then the records that the draft's rows mend: the order of who mends one."""
    if draft.sheet_id is None:
        return {}
    HoursSheet.objects.locked().get(pk=draft.sheet_id)
    return mended_records(draft, locked=True)


class Terms:
    """Kind and organisation of a row: what the draft says for all, else what the record had.

    Where the records agree, the draft began with what they have, and an empty one was emptied.
    """

    def __init__(self, draft: Draft, mended: Mapping[int, ServiceRecord]) -> None:
        self._draft = draft
        self._mended = mended
        self._several_kinds = len({record.kind for record in mended.values()}) > 1
        organizations = {record.organization_id for record in mended.values()}
        self._several_organizations = len(organizations) > 1

    def kind(self, row: DraftRow, stretch: Stretch) -> str:
        """The kind of service."""
        if self._draft.kind:
            return self._draft.kind
        old = self._mended.get(row.mends_id or 0)
        if old and self._several_kinds and old.activity_title == stretch.activity:
            return old.kind
        return str(kind_of_activity(stretch.activity))

    def organization(self, row: DraftRow) -> int | None:
        """The key of the organisation."""
        old = self._mended.get(row.mends_id or 0)
        if self._draft.organization_id is None and old and self._several_organizations:
            return old.organization_id
        return self._draft.organization_id


def hand_in_unchanged(
    rows: Sequence[DraftRow],
    verdicts: Mapping[DraftRow, Verdict],
    mended: Mapping[int, ServiceRecord],
    terms: Terms,
) -> Mapping[UUID, int]:
    """Hands the records in that their rows leave as they were; their keys by those of the rows."""
    same = {
        row.key: row.mends_id
        for row in rows
        if row.mends_id is not None
        and (stretch := verdicts[row].stretch) is not None
        and stamp_of(mended[row.mends_id]) == stamp_of(_as_typed(row, stretch, terms))
    }
    ServiceRecord.objects.with_ids(list(same.values())).update(state=RecordState.SUBMITTED)
    return same


def void_mended(
    draft: Draft, rows: Iterable[DraftRow], mended: Mapping[int, ServiceRecord]
) -> None:
    """Voids the records of ``rows``, which others replace, and those whose rows were deleted."""
    if not mended:
        return
    replaced = [row.mends_id for row in rows if row.mends_id is not None]
    deleted = [
        row.mends_id
        for row in draft.rows.filter(removed=True, mends__isnull=False)
        if row.mends_id is not None and stands_as_taken_up(row, mended)
    ]
    _void(replaced, _("mended after it was sent back"))
    _void(deleted, _("left out when the sheet was mended"))


def _void(ids: Sequence[int], reason: str) -> None:
    if not ids:
        return
    with because(reason):
        ServiceRecord.objects.with_ids(ids).update(
            state=RecordState.VOID, voided=True, void_reason=reason
        )


def _as_typed(row: DraftRow, stretch: Stretch, terms: Terms) -> ServiceRecord:
    return ServiceRecord(
        volunteer_id=row.volunteer_id or 0,
        organization_id=terms.organization(row),
        activity_title=stretch.activity,
        kind=terms.kind(row, stretch),
        served_on=stretch.served_on,
        during=DateTimeTZRange(stretch.starts, stretch.ends) if stretch.starts else None,
        minutes=stretch.minutes,
        note=stretch.note,
    )


def _shared(values: Iterable[T]) -> T | None:
    """What all of them are, None where they differ."""
    found = set(values)
    return found.pop() if len(found) == 1 else None
