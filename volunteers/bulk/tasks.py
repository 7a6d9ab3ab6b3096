"""The jobs of changes of many."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from volunteers.bulk.domain import BULK_JOB, UNDO_JOB, apply_bulk, undo_bulk
from volunteers.bulk.models import BulkChange

__all__ = ["change_many", "put_many_back"]


@job_kind(BULK_JOB, title=gettext_lazy("Change of many volunteers"), unit=gettext_lazy("people"))
def change_many(run: JobRun) -> dict[str, Any]:
    """Changes everybody that was agreed to."""
    change = BulkChange.objects.get(pk=run.parameters["change"])
    return _result(apply_bulk(change, actor=run.actor, progress=run.progress))


@job_kind(UNDO_JOB, title=gettext_lazy("Undoing a change of many"), unit=gettext_lazy("people"))
def put_many_back(run: JobRun) -> dict[str, Any]:
    """Puts back what a change did."""
    change = BulkChange.objects.get(pk=run.parameters["change"])
    return _result(undo_bulk(change, actor=run.actor, progress=run.progress))


def _result(change: BulkChange) -> dict[str, Any]:
    address = reverse("bulk:bulk-detail", args=[change.pk])
    label = _("See what was put back") if change.undone_at else _("See what was changed, or undo")
    return {"url": address, "url_label": label}
