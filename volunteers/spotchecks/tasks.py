"""Samples of frames too large for a page."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from organizations.committees.models import Committee
from volunteers.spotchecks.domain import DRAW_JOB, Draw, draw_spot_check

__all__ = ["draw_sample"]


@job_kind(DRAW_JOB, title=gettext_lazy("Spot check"), unit=gettext_lazy("records"))
def draw_sample(run: JobRun) -> dict[str, Any]:
    """Draws as the person who asked; the seed is in the order, so a second try draws the same."""
    asked = run.parameters
    draw = Draw(
        scope=Committee.objects.get(path=asked["scope"]),
        title=asked["title"],
        first_day=date.fromisoformat(asked["first_day"]),
        last_day=date.fromisoformat(asked["last_day"]),
        size=asked["size"],
        seed=asked["seed"],
    )
    check = draw_spot_check(draw, actor=run.actor, progress=run.progress)
    return {
        "url": reverse("spotchecks:check-detail", args=[check.pk]),
        "url_label": _("To the sample"),
    }
