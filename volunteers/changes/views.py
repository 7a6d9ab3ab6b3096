"""Changing a published activity, one page for its words and one for each shift."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.forms import BaseForm
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import RefusedReason, posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity, Shift
from volunteers.changes.domain import amend_activity, cancel_shift, change_shift
from volunteers.changes.forms import AmendForm, PlanForm

__all__ = ["amend", "cancel", "change"]

_UNPROCESSABLE = 422


@acts("activities.review")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Changes place, words and whom to ask."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = AmendForm(posted(request), instance=activity)
    actor = actor_of(request)
    if _is_done(form, lambda: amend_activity(activity, actor=actor, **form.given)):
        return _told(request, activity.pk)
    context = {"activity": activity, "form": form}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/changes/amend.html", context, status=status)


@acts("activities.review")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Changes times and places of one shift."""
    shift = _shift(activity_id, shift_id)
    initial = {
        "starts_at": timezone.localtime(shift.starts_at),
        "ends_at": timezone.localtime(shift.ends_at),
        "places": shift.places,
        "reserve": shift.reserve,
    }
    form = PlanForm(posted(request), initial=initial)
    actor = actor_of(request)
    if _is_done(form, lambda: change_shift(shift, actor=actor, **form.given)):
        return _told(request, activity_id)
    return _shift_page(request, shift, form)


@acts("activities.review")
@require_POST
def cancel(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Calls one shift off, with the reason."""
    shift, reason = _shift(activity_id, shift_id), request.POST.get("reason", "")
    try:
        cancel_shift(shift, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        typed = RefusedReason("cancel", reason, str(refused))
        return _shift_page(request, shift, PlanForm(), typed)
    return _told(request, activity_id)


def _shift(activity_id: int, shift_id: int) -> Shift:
    shifts = Shift.objects.select_related("activity")
    return get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)


def _is_done(form: Any, verb: Callable[[], object]) -> bool:
    if not form.is_valid():
        return False
    try:
        verb()
    except Refusal as refused:
        show_refusal(form, refused)
        return False
    return True


def _told(request: HttpRequest, activity_id: int) -> HttpResponse:
    messages.success(request, _("Changed. Everybody who signed up reads it on the first page."))
    return redirect("activities:activity-detail", activity_id)


def _shift_page(
    request: HttpRequest, shift: Shift, form: BaseForm, refused: RefusedReason | None = None
) -> HttpResponse:
    context = {"shift": shift, "form": form, "refused": refused}
    status = _UNPROCESSABLE if form.errors or refused else None
    return render(request, "volunteers/changes/shift.html", context, status=status)
