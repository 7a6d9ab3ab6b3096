"""Spot checks: the list, drawing one, its records to look at, its outcome."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.jobs.models import Job
from core.web.figures import percent_text
from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.spotchecks.domain import (
    Draw,
    has_hand_in,
    judge_record,
    order_spot_check,
    publish_spot_check,
)
from volunteers.spotchecks.forms import DrawForm, JudgementForm
from volunteers.spotchecks.models import Finding, SpotCheck, SpotCheckItem

__all__ = ["draw", "judge", "list_checks", "publish", "show_check"]

_UNPROCESSABLE = 422


@acts("spotchecks.view")
@require_safe
def list_checks(request: HttpRequest) -> HttpResponse:
    """The newest first: those of the committees below too, and what others published about here."""
    actor = actor_of(request)
    page = page_of(SpotCheck.objects.all(), request)
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/spotchecks/_rows.html",
        "next_url": page.next_url,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "columns": [
            {"label": _("Spot check")},
            {"label": _("Records of")},
            {"label": _("Served")},
            {"label": _("Drawn"), "numeric": True},
            {"label": _("State")},
        ],
        "may_draw": actor.may("spotchecks.draw"),
        "empty": {
            "title": _("No spot check has been drawn yet."),
            "text": _("A random sample of confirmed records is compared with its evidence."),
        },
    }
    return render(request, "volunteers/spotchecks/list.html", context)


@acts("spotchecks.draw")
@require_http_methods(["GET", "HEAD", "POST"])
def draw(request: HttpRequest) -> HttpResponse:
    """Draws a sample and leads to it."""
    actor = actor_of(request)
    form = DrawForm(posted(request))
    form.fields["scope"].offer(actor.scope.committee)  # type: ignore[attr-defined]
    if form.is_valid():
        try:
            check = order_spot_check(Draw(**form.cleaned_data), actor=actor)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            if isinstance(check, Job):
                return redirect("jobs:job-detail", check.pk)
            text = _("{n} of {frame} records are drawn.")
            messages.success(
                request, text.format(n=f"{check.size:,}", frame=f"{check.frame_size:,}")
            )
            return redirect("spotchecks:check-detail", check.pk)
    status = _UNPROCESSABLE if form.is_bound else None
    return render(request, "volunteers/spotchecks/draw.html", {"form": form}, status=status)


@acts("spotchecks.view")
@require_safe
def show_check(request: HttpRequest, check_id: int) -> HttpResponse:
    """The sample with what was found so far, what is left first.

    Others whom a published outcome concerns see their own records of it, and the figures of all.
    """
    actor = actor_of(request)
    check = get_object_or_404(SpotCheck, pk=check_id)
    is_ours = check.committee_id.startswith(actor.scope.committee)
    at_work = is_ours and not check.is_published
    tally = check.tally if check.is_published else check.items.tally()
    left = tally.get("", 0)
    may_judge = actor.may("spotchecks.judge") and at_work
    # Whose sheets these are, only the committee that checks may read.
    items = check.items.select_related("record__sheet" if may_judge else "record")
    found = list(items.order_by("finding", "position"))
    context = {
        "check": check,
        "is_ours": is_ours,
        "items": found,
        "own_work": [each.pk for each in found if has_hand_in(each.record, actor=actor)]
        if may_judge
        else [],
        "figures": [
            {"label": finding.label, "count": count, "rate": percent_text(count / check.size)}
            for finding in Finding
            if (count := tally.get(finding, 0)) or not left
        ],
        "left": left,
        "done": check.size - left,
        "findings": [(finding, finding.label) for finding in Finding],
        "may_judge": may_judge,
        "may_mend": actor.may("hours.correct"),
        "may_publish": actor.may("spotchecks.draw") and at_work and not left,
    }
    return render(request, "volunteers/spotchecks/detail.html", context)


@acts("spotchecks.judge")
@require_POST
def judge(request: HttpRequest, check_id: int, item_id: int) -> HttpResponse:
    """Says what one record was found to be."""
    check = _ours(request, check_id)
    item = get_object_or_404(SpotCheckItem, pk=item_id, check_of=check)
    back = reverse("spotchecks:check-detail", args=[check_id])
    form = JudgementForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose what the record was found to be."))
        return redirect(back)
    try:
        judge_record(
            item,
            actor=actor_of(request),
            finding=Finding(form.cleaned_data["finding"]),
            evidence=form.cleaned_data["evidence"],
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect(back)


@acts("spotchecks.draw")
@require_POST
def publish(request: HttpRequest, check_id: int) -> HttpResponse:
    """Makes the outcome stand for good."""
    check = _ours(request, check_id)
    try:
        publish_spot_check(check, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("The outcome is published; the committees concerned see it."))
    return redirect("spotchecks:check-detail", check_id)


def _ours(request: HttpRequest, check_id: int) -> SpotCheck:
    """A check that one may work on: others' are only read."""
    checks = SpotCheck.objects.drawn_below(actor_of(request).scope.committee)
    return get_object_or_404(checks, pk=check_id)
