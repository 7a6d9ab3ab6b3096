"""Calling the roll of a shift, and settling the activity."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.labels import label_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.attendance.domain import (
    mark_all_present,
    mark_attendance,
    settle_activity,
)
from volunteers.attendance.forms import MarkForm
from volunteers.attendance.models import Attendance, Mark
from volunteers.attendance.summary import summary_of
from volunteers.checkins.models import CheckIn, Direction, Where
from volunteers.checkins.queries import Scans
from volunteers.checkins.summary.stretches import stretch_of
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["mark", "mark_all", "settle", "show_roll"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def show_roll(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Everybody who had a place, with mark and times."""
    shift = _shift(activity_id, shift_id)
    placed = SignUp.objects.filter(shift=shift, state=SignUpState.PLACED)
    page = page_of(placed.select_related("attendance"), request, as_entered=True)
    may_mark = (
        actor_of(request).may("activities.write")
        and shift.activity.state == ActivityState.PUBLISHED
        and shift.starts_at <= timezone.now()
    )
    context: dict[str, Any] = {
        "shift": shift,
        "rows": _with_scans(shift, page.rows),
        "rows_template": "volunteers/attendance/_rows.html",
        "next_url": page.next_url,
        "may_mark": may_mark,
        "marks": Mark.choices,
        "may_open_door": actor_of(request).may("activities.write")
        and shift.activity.state == ActivityState.PUBLISHED,
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Portal number")},
            {"label": _("Mark")},
            {"label": _("Time")},
        ],
        "empty": {
            "title": _("Nobody has a place in this shift."),
            "text": _("Who signed up and has a place is called here once the shift has begun."),
        },
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    scanned = CheckIn.objects.filter(shift=shift, direction=Direction.IN).values("signup")
    unmarked = placed.filter(attendance__isnull=True)
    context |= {
        "unmarked": unmarked.exclude(pk__in=scanned).count(),
        "scanned": unmarked.filter(pk__in=scanned).count(),
    }
    return render(request, "volunteers/attendance/roll.html", context)


@acts("activities.write")
@require_POST
def mark_all(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Everybody who is not marked yet was there."""
    shift = _shift(activity_id, shift_id)
    try:
        marked = mark_all_present(shift, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = ngettext("{n} person marked as there.", "{n} people marked as there.", marked)
        messages.success(request, said.format(n=marked))
    return redirect("attendance:roll-detail", activity_id, shift_id)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def mark(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Says of one person how it was."""
    signup = get_object_or_404(SignUp.objects.select_related("shift"), pk=signup_id)
    form = MarkForm(posted(request), initial=_said_so_far(signup))
    if form.is_valid():
        try:
            mark_attendance(signup, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("attendance:roll-detail", signup.activity_id, signup.shift_id)
    context = {"form": form, "signup": signup}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/attendance/mark.html", context, status=status)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Shows how it went, and turns the times into records that a second person confirms."""
    activity = get_object_or_404(Activity.objects.select_related("committee"), pk=activity_id)
    if request.method == "POST":
        try:
            sheet = settle_activity(activity, actor=actor_of(request))
        except Refusal as refused:
            messages.error(request, str(refused))
            return redirect("attendance:activity-settle", activity_id)
        messages.success(request, _("Settled. A second person confirms the hours."))
        if sheet is not None:
            return redirect("hours:sheet-detail", sheet.pk)
        return redirect("activities:activity-detail", activity_id)
    shifts, summary = list(activity.shifts.all()), summary_of(activity)
    all_ended = all(shift.ends_at <= timezone.now() for shift in shifts)
    context = {
        "activity": activity,
        "summary": summary,
        "shifts": shifts,
        "is_open": activity.state == ActivityState.PUBLISHED,
        "may_settle": all_ended and not summary.unmarked,
    }
    return render(request, "volunteers/attendance/settle.html", context)


def _with_scans(shift: Shift, signups: Sequence[SignUp]) -> list[dict[str, Any]]:
    """Each sign-up with what was scanned, what of it counts, and whether it was at the place."""
    found = CheckIn.objects.of_signups(signup.pk for signup in signups)
    scans = found.scans()
    places = found.places() if shift.activity.location_metres else {}
    rows = []
    for signup in signups:
        own = scans.get(signup.pk, Scans())
        row = {"signup": signup, "scans": own, "stretch": stretch_of(shift, own)}
        rows.append({**row, "where": label_of(Where, places.get(signup.pk, ""))})
    return rows


def _shift(activity_id: int, shift_id: int) -> Shift:
    shifts = Shift.objects.select_related("activity__committee")
    return get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)


def _said_so_far(signup: SignUp) -> dict[str, Any]:
    said = Attendance.objects.filter(signup=signup).first()
    if said is None:
        return {"came_at": signup.shift.starts_at, "left_at": signup.shift.ends_at}
    return {"mark": said.mark, "came_at": said.came_at, "left_at": said.left_at}
