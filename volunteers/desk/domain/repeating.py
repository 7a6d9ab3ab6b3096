"""Drafts that begin with something: last week's sheet, last month's, a template's people."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from datetime import date
from uuid import uuid4

from django.db import transaction

from core.web.figures import hours_text
from core.workdays.moving import DayMove, day_moved
from organizations.accounts.actors import Actor
from volunteers.desk.domain.checking import store_verdicts
from volunteers.desk.domain.drafts import begin_draft, name_given, touch
from volunteers.desk.domain.rows import MOST_ROWS
from volunteers.desk.models import CELLS, COMMON, Draft, DraftRow, DraftState
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.hours.queries import clock_of

__all__ = [
    "begin_from_template",
    "keep_template",
    "repeat_sheet",
    "row_of",
    "share_common",
    "stored",
]


@transaction.atomic
def repeat_sheet(sheet: HoursSheet, *, actor: Actor, shift: DayMove) -> Draft:
    """A draft with the people and times of a sheet's standing records, the days moved on.

    What most rows share becomes common. People who have moved away or withdrawn are checked as
    any others. At most 500 rows.
    """
    actor.must("hours.record")
    draft = begin_draft(actor=actor, title=sheet.title)
    records = list(ServiceRecord.objects.filter(sheet=sheet).standing().order_by("pk")[:MOST_ROWS])
    rows = [row_of(draft, record, day_moved(record.served_on, shift)) for record in records]
    draft.kind = _most_common(record.kind for record in records)
    share_common(draft, rows)
    organizations = {record.organization_id for record in records}
    draft.organization_id = organizations.pop() if len(organizations) == 1 else None
    return stored(draft, rows, actor=actor)


@transaction.atomic
def begin_from_template(template: Draft, *, actor: Actor) -> Draft:
    """A draft with a template's people, times and common values."""
    actor.must("hours.record")
    draft = begin_draft(actor=actor, title=template.title)
    return _copied(template, draft, actor=actor)


@transaction.atomic
def keep_template(draft: Draft, *, actor: Actor, name: str) -> Draft:
    """A template with the draft's activity, kind, times and people, without days and evidence.

    Raises `Refusal` without a name.
    """
    actor.must("hours.record")
    template = begin_draft(actor=actor, title=name_given(name))
    template.state = DraftState.TEMPLATE
    return _copied(draft, template, actor=actor)


def _copied(source: Draft, draft: Draft, *, actor: Actor) -> Draft:
    for name in COMMON:
        setattr(draft, name, getattr(source, name))
    draft.organization_id = source.organization_id
    if draft.state == DraftState.TEMPLATE:
        draft.date = ""
    rows = []
    for row in source.rows.standing():
        if row.is_blank:
            continue
        copy = _new_row(draft)
        for name in (*CELLS, "volunteer_id", "volunteer_name", "volunteer_number", "visitor"):
            setattr(copy, name, getattr(row, name))
        if draft.state == DraftState.TEMPLATE:
            copy.date = copy.note = ""
        rows.append(copy)
    return stored(draft, rows, actor=actor)


def stored(draft: Draft, rows: Sequence[DraftRow], *, actor: Actor) -> Draft:
    """Writes the rows and checks them; their first revision is the draft's next one."""
    touch(draft, actor=actor)
    draft.common_revision = draft.revision
    for position, row in enumerate(rows, start=1):
        row.position = position
        row.revision = row.typed_revision = draft.revision
        row.changed_by_label = actor.label
    store_verdicts(draft, rows, written=rows)
    return draft


def _new_row(draft: Draft) -> DraftRow:
    return DraftRow(draft=draft, committee_id=draft.committee_id, key=uuid4())


def row_of(draft: Draft, record: ServiceRecord, day: date | None) -> DraftRow:
    """A new row with the record's person, activity and times, on ``day``."""
    row = _new_row(draft)
    row.person = row.volunteer_name = record.volunteer_name
    row.volunteer_id, row.volunteer_number = record.volunteer_id, record.volunteer_number
    row.activity = record.activity_title
    row.start, row.end = clock_of(record.during)
    row.date = day.isoformat() if day else ""
    if not row.start or record.minutes != _minutes_between(record):
        row.hours = hours_text(record.minutes) if record.minutes % 6 == 0 else _exact(record)
    return row


def _minutes_between(record: ServiceRecord) -> int | None:
    if record.during is None or record.during.lower is None or record.during.upper is None:
        return None
    return int((record.during.upper - record.during.lower).total_seconds() // 60)


def _exact(record: ServiceRecord) -> str:
    return f"{record.minutes // 60}:{record.minutes % 60:02d}"


def share_common(draft: Draft, rows: Sequence[DraftRow]) -> None:
    """What most rows share becomes common."""
    for name in ("activity", "date", "start", "end"):
        _share(draft, rows, name)


def _share(draft: Draft, rows: Iterable[DraftRow], name: str) -> None:
    """The most common text goes to the draft and out of the rows that say the same.

    Where some rows have none it stays in the rows: they would take it on.
    """
    rows = list(rows)
    texts = [getattr(row, name) for row in rows]
    if not all(texts):
        return
    common = _most_common(texts)
    setattr(draft, name, common)
    for row in rows:
        if getattr(row, name) == common:
            setattr(row, name, "")


def _most_common(texts: Iterable[str]) -> str:
    counted = Counter(texts).most_common(1)
    return counted[0][0] if counted else ""
