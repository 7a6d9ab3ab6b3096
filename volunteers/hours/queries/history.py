"""How a record came to be what it is: every change, with who and why."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.apps import apps
from django.utils.translation import gettext as _

from core.web.figures import hours_text
from volunteers.hours.models import RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries.records import clock_of

__all__ = ["Change", "Difference", "changes_of"]


@dataclass(frozen=True, slots=True)
class Difference:
    """One field that changed, both values as people read them."""

    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Change:
    """One change of a record; ``who`` is empty where the history names nobody."""

    at: datetime
    state: str
    state_label: str
    who: str
    reason: str
    differences: tuple[Difference, ...]


def changes_of(record: ServiceRecord) -> list[Change]:
    """Oldest first; the first one is the entry itself. One query."""
    history = apps.get_model("volunteers", "ServiceRecordHistory")
    rows = history._default_manager.filter(pgh_obj_id=record.pk).order_by("pgh_id")
    changes: list[Change] = []
    before: Any = None
    for row in rows:
        context = row.pgh_context or {}
        changes.append(
            Change(
                at=row.pgh_created_at,
                state=row.state,
                state_label=str(RecordState(row.state).label),
                who=context.get("label", ""),
                reason=context.get("reason", ""),
                differences=tuple(_differences(before, row)) if before else (),
            )
        )
        before = row
    return changes


def _differences(before: Any, after: Any) -> Iterator[Difference]:
    for label, old, new in zip(_labels(), _values(before), _values(after), strict=True):
        if old != new:
            yield Difference(label, old or "–", new or "–")


def _labels() -> tuple[str, ...]:
    return (_("Activity"), _("Date"), _("Time"), _("Hours"), _("Kind"), _("Note"))


def _values(row: Any) -> tuple[str, ...]:
    return (
        row.activity_title,
        row.served_on.isoformat(),
        "–".join(filter(None, clock_of(row.during))),
        hours_text(row.minutes),
        str(ServiceKind(row.kind).label),
        row.note,
    )
