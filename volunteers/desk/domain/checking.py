"""Writing down what the check says of a draft's rows."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from volunteers.desk.models import CELLS, Draft, DraftRow, RowState
from volunteers.desk.summary.checks import Verdict, check_rows

__all__ = ["apply_verdict", "store_rows", "store_verdicts"]

_STORED = (
    *(name for name in CELLS if name != "person"), "person_sealed",
    "position", "volunteer", "volunteer_name", "volunteer_number", "visitor", "removed", "revision",
    "typed_revision", "window", "changed_by_label", "state", "field", "fault", "minutes", "record",
)  # fmt: skip


def store_verdicts(
    draft: Draft, rows: Iterable[DraftRow], *, written: Sequence[DraftRow], holding: bool = False
) -> Mapping[DraftRow, Verdict]:
    """Checks the standing rows of the locked ``draft`` and stores those that changed, and it.

    A row whose verdict alone changes counts as changed, but not as typed: nobody's typing is in
    conflict with a check.
    """
    standing = [row for row in rows if not row.removed and row.state != RowState.SUBMITTED]
    standing.sort(key=lambda row: row.position)
    verdicts = check_rows(draft, standing, holding=holding)
    changed = {row.key: row for row in written}
    judged = [row for place, row in enumerate(standing) if apply_verdict(row, verdicts[place])]
    if judged and not any(row.revision == draft.revision for row in written):
        draft.revision += 1
    for row in judged:
        row.revision = draft.revision
        changed[row.key] = row
    store_rows(list(changed.values()))
    draft.save()
    return {row: verdicts[place] for place, row in enumerate(standing) if row.pk}


def apply_verdict(row: DraftRow, verdict: Verdict) -> bool:
    """Puts the verdict into the row; whether that changes anything."""
    before = (row.state, row.field, row.fault, row.minutes, row.volunteer_id)
    row.state, row.field, row.fault = verdict.state, verdict.field, verdict.said
    row.minutes = verdict.minutes
    who = verdict.chosen
    if who is not None and row.volunteer_id is None:
        row.volunteer_id, row.volunteer_name = who.pk, who.name
        row.volunteer_number, row.visitor = who.number, who.visitor
        row.person = who.name
    return before != (row.state, row.field, row.fault, row.minutes, row.volunteer_id)


def store_rows(rows: Sequence[DraftRow]) -> None:
    """Rows that are new and rows that stand, in one statement."""
    DraftRow.objects.bulk_create(
        rows, update_conflicts=True, unique_fields=["draft", "key"], update_fields=list(_STORED)
    )
