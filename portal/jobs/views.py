"""One's own jobs: what runs, what became of it, and stopping it."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import pgettext
from django.views.decorators.http import require_POST, require_safe

from core.jobs.domain import cancel_job
from core.jobs.models import Job
from core.jobs.queries import JobQuerySet
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = ["list_jobs", "show_job", "show_panel", "stop_job"]

_PAGE = 50


@acts("jobs.view")
@require_safe
def list_jobs(request: HttpRequest) -> HttpResponse:
    """Newest first; ``before`` is the id that the next page continues from."""
    found = list(_own_jobs(request).before(_id_from(request.GET.get("before")))[: _PAGE + 1])
    rows = found[:_PAGE]
    context = {
        **_page(request),
        "rows": rows,
        "rows_template": "portal/jobs/_rows.html",
        "columns": [
            # First, so that a phone shows it.
            {"label": _("State")},
            {"label": _("Work")},
            {"label": pgettext("amount", "Done"), "numeric": True},
            {"label": pgettext("amount", "Refused"), "numeric": True},
            {"label": _("Asked for at")},
        ],
        "next_url": f"{reverse('jobs:job-list')}?before={rows[-1].pk}"
        if len(found) > _PAGE
        else "",
        "empty": {
            "title": _("No long work has been started yet"),
            "text": _("Imports and other long work appear here, with what became of them."),
        },
    }
    more = _is_partial(request) and "before" in request.GET
    return render(
        request, "components/list.html#page" if more else "portal/jobs/list.html", context
    )


@acts("jobs.view")
@require_safe
def show_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """The job with its panel."""
    job = get_object_or_404(_own_jobs(request), pk=job_id)
    return render(request, "portal/jobs/detail.html", {**_page(request), "job": job})


@acts("jobs.view")
@require_safe
def show_panel(request: HttpRequest, job_id: int) -> HttpResponse:
    """The present figures for the panel on whichever page; the job's page to anybody else."""
    job = get_object_or_404(_own_jobs(request), pk=job_id)
    if not _is_partial(request):
        return redirect(job.url)
    return render(request, "components/job_progress.html#figures", {"job": job, "polled": True})


@acts("jobs.view")
@require_POST
def stop_job(request: HttpRequest, job_id: int) -> HttpResponse:
    """Cancels the job, or says that it has ended already."""
    job = get_object_or_404(_own_jobs(request), pk=job_id)
    try:
        stopped = cancel_job(job)
    except Refusal as said:
        messages.info(request, str(said))
    else:
        messages.success(request, _stopped(stopped))
    return redirect(job.url)


def _own_jobs(request: HttpRequest) -> JobQuerySet:
    return Job.objects.of_user(actor_of(request).scope.user)


def _page(request: HttpRequest) -> dict[str, Any]:
    layout = "staff" if actor_of(request).scope.role.is_staff else "person"
    return {"layout": f"layouts/{layout}.html"}


def _stopped(job: Job) -> str:
    if job.active:
        return _("“{title}” stops at its next step. Nothing of it is kept.").format(title=job.title)
    return _("“{title}” is cancelled. Nothing was changed.").format(title=job.title)


def _is_partial(request: HttpRequest) -> bool:
    return "HX-Request" in request.headers


def _id_from(text: str | None) -> int | None:
    """A number from an address; anything else begins at the newest."""
    return int(text) if text and text.isascii() and text.isdecimal() and len(text) <= 18 else None
