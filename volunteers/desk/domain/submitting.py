"""Handing a draft's right rows to a second person, all at once."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from django.db import connection, transaction

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.desk.domain.checking import apply_verdict, store_rows, store_verdicts
from volunteers.desk.domain.drafts import lock_draft, touch
from volunteers.desk.domain.evidence import evidence_of
from volunteers.desk.domain.mending import Terms, hand_in_unchanged, lock_mended, void_mended
from volunteers.desk.domain.statements import INSERT_RECORDS
from volunteers.desk.models import Draft, DraftRow, DraftState, RowState
from volunteers.desk.summary.checks import Verdict
from volunteers.desk.summary.faults import DeskFault
from volunteers.hours.models import HoursSheet, RecordSource, ServiceRecord

__all__ = ["Submission", "submit_rows"]


@dataclass(slots=True)
class Submission:
    """What became of it; ``refused`` are the rows asked for that stay in the draft."""

    draft: Draft
    sheet: HoursSheet | None
    submitted: int = 0
    minutes: int = 0
    refused: list[DraftRow] = field(default_factory=list)


@transaction.atomic
def submit_rows(draft: Draft, *, actor: Actor, keys: Collection[UUID] | None = None) -> Submission:
    """Makes records of the rows ``keys`` that are right, or of all that are, on one sheet.

    They await a second person. The rest stays in the draft, each row with what is wrong. A row
    that was submitted before counts as submitted again and adds nothing. Raises `Refusal` without
    evidence, and when the draft has been set aside.
    """
    actor.must("hours.record")
    locked = lock_draft(draft.pk, DraftState.OPEN, DraftState.SUBMITTED)
    rows = list(locked.rows.standing())
    asked = [row for row in rows if keys is None or row.key in keys]
    done = [row for row in asked if row.record_id is not None]
    submission = Submission(locked, None)
    if locked.state == DraftState.OPEN and len(done) < len(asked):
        _submit(submission, rows, asked, actor=actor)
    _count(submission, asked)
    return submission


def _submit(
    submission: Submission, rows: Sequence[DraftRow], asked: Sequence[DraftRow], *, actor: Actor
) -> None:
    draft = submission.draft
    mended = lock_mended(draft)
    evidence = evidence_of(draft)
    # Locks the people first: what is found free stays free until the records stand.
    verdicts = store_verdicts(draft, rows, written=[], holding=True)
    right = [row for row in asked if row.state == RowState.READY]
    if right:
        touch(draft, actor=actor)
        submission.sheet = _sheet(draft, right, evidence, mended.values(), actor=actor)
        taken = _hand_in(draft, submission.sheet, right, verdicts, mended, actor=actor)
        _mark(draft, right, taken, actor=actor)
    if not any(row.record_id is None and not row.is_blank for row in rows):
        draft.state = DraftState.SUBMITTED
    draft.save()


def _sheet(
    draft: Draft,
    rows: Sequence[DraftRow],
    evidence: str,
    mended: Iterable[ServiceRecord],
    *,
    actor: Actor,
) -> HoursSheet:
    """A new sheet, or the one that was sent back, which remembers who entered it so far."""
    title = (draft.title or draft.activity or rows[0].activity).strip()[:200]
    if draft.sheet is None:
        return HoursSheet.objects.create(
            committee_id=draft.committee_id,
            title=title,
            source=RecordSource.BACKFILL,
            evidence=evidence,
            # The pictures beside the draft prove the records from now on.
            evidence_key=draft.pk,
            hands=draft.hands,
            recorded_by=actor.user,
            recorded_by_label=actor.label,
        )
    sheet = draft.sheet
    sheet.refresh_from_db(fields=["hands"])
    enterers = {pk for record in mended if (pk := record.recorded_by_id) is not None}
    sheet.hands = sorted({*sheet.hands, *draft.hands, *enterers})
    sheet.title, sheet.evidence = title, evidence
    sheet.save(update_fields=["hands", "title", "evidence"])
    return sheet


def _hand_in(
    draft: Draft,
    sheet: HoursSheet,
    rows: Sequence[DraftRow],
    verdicts: Mapping[DraftRow, Verdict],
    mended: Mapping[int, ServiceRecord],
    *,
    actor: Actor,
) -> Mapping[UUID, int]:
    """The keys of the records that await a second person now, by the keys of their rows."""
    terms = Terms(draft, mended)
    unchanged = hand_in_unchanged(rows, verdicts, mended, terms)
    changed = [row for row in rows if row.key not in unchanged]
    void_mended(draft, changed, mended)
    columns = _columns(changed, verdicts, mended, terms)
    given = {
        "committee": draft.committee_id,
        "sheet": sheet.pk,
        "user": actor.scope.user,
        "label": actor.label,
        **columns,
    }
    with connection.cursor() as cursor:
        cursor.execute(INSERT_RECORDS, given)
        inserted = {nonce: pk for pk, nonce in cursor.fetchall()}
    if any(row.mends_id is not None and row.key not in inserted for row in changed):
        # What it would have replaced is void already: all of it is taken back together.
        raise Refusal(DeskFault("not_taken").message, code="not_taken")
    return {**unchanged, **inserted}


def _columns(
    rows: Sequence[DraftRow],
    verdicts: Mapping[DraftRow, Verdict],
    mended: Mapping[int, ServiceRecord],
    terms: Terms,
) -> dict[str, list[Any]]:
    stretches = [stretch for row in rows if (stretch := verdicts[row].stretch) is not None]
    replaced = [mended[row.mends_id] if row.mends_id else None for row in rows]
    return {
        "nonces": [row.key for row in rows],
        "volunteers": [row.volunteer_id for row in rows],
        "names": [row.volunteer_name for row in rows],
        "numbers": [row.volunteer_number for row in rows],
        "activities": [stretch.activity for stretch in stretches],
        "kinds": [terms.kind(row, each) for row, each in zip(rows, stretches, strict=True)],
        "days": [stretch.served_on for stretch in stretches],
        "starts": [stretch.starts for stretch in stretches],
        "ends": [stretch.ends for stretch in stretches],
        "minutes": [stretch.minutes for stretch in stretches],
        "notes": [stretch.note for stretch in stretches],
        "organizations": [terms.organization(row) for row in rows],
        "replaced": [old and old.pk for old in replaced],
        # Mending does not make it late: it was entered when it was entered.
        "recorded": [old and old.recorded_at for old in replaced],
    }


def _mark(
    draft: Draft, rows: Sequence[DraftRow], taken: Mapping[UUID, int], *, actor: Actor
) -> None:
    """Rows become submitted; one that lost a race says so and stays."""
    for row in rows:
        row.record_id = taken.get(row.key)
        row.revision = draft.revision
        if row.record_id is None:
            lost = Verdict(RowState.REFUSED, field="start", fault=DeskFault("not_taken"))
            apply_verdict(row, lost)
            continue
        row.state = RowState.SUBMITTED
        row.typed_revision = draft.revision
        row.changed_by_label = actor.label
    store_rows(rows)


def _count(submission: Submission, asked: Sequence[DraftRow]) -> None:
    ids = [row.record_id for row in asked if row.record_id is not None]
    records = ServiceRecord.objects.with_ids(ids).select_related("sheet").order_by("-sheet_id")
    submission.submitted = len(ids)
    submission.minutes = sum(record.minutes for record in records)
    if records:
        submission.sheet = submission.sheet or records[0].sheet
    submission.refused = [
        row for row in asked if row.record_id is None and row.state != RowState.EMPTY
    ]
