"""The jobs of exports."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from core.tenancy.scope import Scope, acting_as
from core.web.figures import count_text
from volunteers.exports.domain import EXPORT_JOB, discard_expired_files, write_export
from volunteers.exports.models import Export

__all__ = ["discard_export_files", "write_list"]


@job_kind(EXPORT_JOB, title=gettext_lazy("Export of a list"), unit=gettext_lazy("rows"))
def write_list(run: JobRun) -> dict[str, Any]:
    """Writes the list that was asked for."""
    export = Export.objects.of_user(run.job.user_id).get(pk=run.parameters["export"])
    written = write_export(export, actor=run.actor, progress=run.progress)
    label = ngettext("Download {n} row", "Download {n} rows", written.rows)
    return {
        "url": reverse("exports:export-file", args=[written.pk]),
        "url_label": label.format(n=count_text(written.rows)),
        "rows": written.rows,
    }


@shared_task
def discard_export_files() -> None:
    """Every hour, by beat."""
    with acting_as(Scope.for_job("discard export files")):
        discard_expired_files()
