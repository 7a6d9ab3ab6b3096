"""The jobs of imports."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from core.tenancy.scope import Scope, acting_as
from volunteers.imports.domain import (
    CHECK_JOB,
    TAKE_JOB,
    check_import,
    discard_old_files,
    take_import,
)
from volunteers.imports.models import ImportRun, Stage

__all__ = ["check_workbook", "discard_import_files", "take_workbook"]


@job_kind(CHECK_JOB, title=gettext_lazy("Check of a workbook"), unit=gettext_lazy("rows"))
def check_workbook(run: JobRun) -> dict[str, Any]:
    """Says what bringing the file in would do."""
    imported = check_import(_run(run), actor=run.actor, progress=run.progress)
    if imported.stage == Stage.CHECKED:
        found = imported.findings
        run.progress(found["rows"], refused=found["refused"] - found["already"])
    return {"url": _url(imported), "url_label": _("See what was found")}


@job_kind(TAKE_JOB, title=gettext_lazy("Import of a workbook"), unit=gettext_lazy("rows"))
def take_workbook(run: JobRun) -> dict[str, Any]:
    """Brings the file in."""
    imported = take_import(_run(run), actor=run.actor, progress=run.progress)
    run.progress(imported.rows, refused=imported.to_mend)
    label = ngettext(
        "See the result: %(n)d row brought in",
        "See the result: %(n)d rows brought in",
        imported.accepted,
    )
    return {
        "url": _url(imported),
        "url_label": label % {"n": imported.accepted},
        "accepted": imported.accepted,
        "refused": imported.refused,
    }


@shared_task
def discard_import_files() -> None:
    """Once a day, by the clock."""
    with acting_as(Scope.for_job("discard import files")):
        discard_old_files()


def _run(run: JobRun) -> ImportRun:
    return ImportRun.objects.with_committee().get(pk=run.parameters["run"])


def _url(imported: ImportRun) -> str:
    return reverse("imports:run-detail", args=[imported.pk])
