"""What workers do with own data: make copies, seal away what is due, clear up."""

from __future__ import annotations

from typing import Any

from celery import shared_task
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from volunteers.privacy.domain import erasing, exporting

__all__ = ["copy_own_data", "discard_copies", "seal_due"]


@job_kind(exporting.EXPORT_KIND, title=gettext_lazy("Copy of my data"))
def copy_own_data(run: JobRun) -> dict[str, Any]:
    """Makes the copy that a person asked for, as that person."""
    run.progress(0, 1)
    exporting.make_export(actor=run.actor)
    run.progress(1, 1)
    return {"url": reverse("own:profile") + "#copies", "url_label": _("To my copies")}


@shared_task
def seal_due() -> None:
    """Once an hour: whoever asked for erasure need not wait for a night."""
    erasing.seal_due_entries()


@shared_task
def discard_copies() -> None:
    """Once a day: copies and sealed identities whose time is over."""
    exporting.discard_exports()
    erasing.discard_retained()
