"""The job that issues for many."""

from __future__ import annotations

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy, ngettext

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from core.web.figures import count_text
from volunteers.certificates.domain import ISSUE_JOB, issue_batch

__all__ = ["issue_many"]


@job_kind(ISSUE_JOB, title=gettext_lazy("Certificates for many"), unit=gettext_lazy("people"))
def issue_many(run: JobRun) -> dict[str, Any]:
    """Issues all or none."""
    issued = issue_batch(run.parameters, actor=run.actor, progress=run.progress)
    label = ngettext("See {n} certificate", "See {n} certificates", issued.made)
    return {
        "url": reverse("certificates:batch-detail", args=[issued.batch]),
        "url_label": label.format(n=count_text(issued.made)),
    }
