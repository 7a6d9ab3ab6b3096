"""The pages of activities: the list, writing or copying one, its shifts, review and end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.addresses import address_with
from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.moments import day_text
from core.web.months import day_from
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities import domain
from volunteers.activities.forms import CallForm, CopyForm, ShiftForm
from volunteers.activities.models import Activity, ActivityState, Shift
from volunteers.activities.summary import calendar_of, soonest_first
from volunteers.vocabulary.models import Term

__all__ = [
    "add",
    "approve",
    "cancel",
    "copy",
    "create",
    "edit",
    "list_activities",
    "remove",
    "send_back",
    "show_activity",
    "show_month",
    "submit",
]

_UNPROCESSABLE = 422
_MONTHS_BACK = 12
_UNDER_WAY = (ActivityState.IN_REVIEW, ActivityState.PUBLISHED)


@acts("activities.view")
@require_safe
def list_activities(request: HttpRequest) -> HttpResponse:
    """The newest first, of the committees below too; by state."""
    asked = request.GET.get("state", "")
    state = asked if asked in ActivityState.values else ""
    rows = Activity.objects.in_state(state).with_first_shift().select_related("committee")
    page = page_of(rows, request)
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/activities/_rows.html",
        "next_url": page.next_url,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "columns": [
            {"label": _("Activity")},
            {"label": _("First shift")},
            {"label": _("Where")},
            {"label": _("Places"), "numeric": True},
            {"label": _("State")},
        ],
        "filters": [_states(state)],
        "may_write": actor_of(request).may("activities.write"),
        "empty": {
            "title": _("No activity here yet."),
            "text": _("Write one, add its shifts, and a second person publishes it."),
        },
    }
    return render(request, "volunteers/activities/list.html", context)


@acts("activities.view")
@require_safe
def show_month(request: HttpRequest) -> HttpResponse:
    """All shifts of a month, drafts and cancelled ones too; one day in full if asked for."""
    shifts = Shift.objects.with_calls()
    day = day_from(request.GET.get("day", ""))
    month = calendar_of(
        shifts,
        request,
        address_of=lambda activity: reverse("activities:activity-detail", args=[activity.pk]),
        day_address=lambda each: f"{address_with(request, day=each.isoformat())}#day",
        months_back=_MONTHS_BACK,
    )
    page = soonest_first(shifts.on_day(day), request) if day else None
    context = {"month": month, "day": day_text(day) if day else "", "page": page}
    return render(request, "volunteers/activities/month.html", context)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Writes a draft and leads to its shifts."""
    form = CallForm(posted(request), path=actor_of(request).scope.committee)
    if form.is_valid():
        try:
            activity = domain.create_activity(form.call, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("activities:activity-detail", activity.pk)
    return _form_page(request, form, None)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Changes what a draft says."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = CallForm(posted(request), instance=activity, path=activity.committee_id)
    if form.is_valid():
        try:
            domain.edit_activity(activity, form.call, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("activities:activity-detail", activity.pk)
    return _form_page(request, form, activity)


@acts("activities.view")
@require_safe
def show_activity(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What it says, when, and the next step."""
    activity = _called(activity_id)
    return _detail_page(request, activity, ShiftForm())


@acts("activities.write")
@require_POST
def add(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Adds a shift or a series; what is refused is shown again as it was typed."""
    activity = _called(activity_id)
    form = ShiftForm(request.POST)
    if form.is_valid():
        try:
            domain.add_series(activity, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("activities:activity-detail", activity.pk)
    return _detail_page(request, activity, form)


@acts("activities.write")
@require_POST
def copy(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Makes a draft like it and leads there."""
    activity = _called(activity_id)
    form = CopyForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose by how much the days of the copy move on."))
        return redirect("activities:activity-detail", activity.pk)
    copied = domain.copy_activity(activity, actor=actor_of(request), **form.cleaned_data)
    said = _("Copied as a draft: look at days and places, then submit it for review.")
    messages.success(request, said)
    return redirect("activities:activity-detail", copied.pk)


@acts("activities.write")
@require_POST
def remove(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Takes a shift out of a draft."""
    shifts = Shift.objects.select_related("activity")
    shift = get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)
    return _done(
        request,
        shift.activity,
        lambda actor: domain.remove_shift(shift, actor=actor),
        _("The shift is removed."),
    )


@acts("activities.write")
@require_POST
def submit(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Gives it to a second person."""
    activity = get_object_or_404(Activity, pk=activity_id)
    return _done(
        request,
        activity,
        lambda actor: domain.submit_activity(activity, actor=actor),
        _("Submitted: a second person of the committee reviews and publishes it."),
    )


@acts("activities.review")
@require_POST
def approve(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Publishes what somebody else wrote."""
    activity = get_object_or_404(Activity, pk=activity_id)
    return _done(
        request,
        activity,
        lambda actor: domain.approve_activity(activity, actor=actor),
        _("The activity is published."),
    )


@acts("activities.review")
@require_POST
def send_back(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Makes it a draft again, with what to mend."""
    activity, reason = _called(activity_id), request.POST.get("reason", "")
    return _done(
        request,
        activity,
        lambda actor: domain.return_activity(activity, actor=actor, reason=reason),
        _("Sent back to who wrote it."),
        about="return",
    )


@acts("activities.review")
@require_POST
def cancel(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Calls it off for good, with the reason."""
    activity, reason = _called(activity_id), request.POST.get("reason", "")
    return _done(
        request,
        activity,
        lambda actor: domain.cancel_activity(activity, actor=actor, reason=reason),
        _("The activity is cancelled."),
        about="cancel",
    )


def _called(activity_id: int) -> Activity:
    return get_object_or_404(
        Activity.objects.select_related("committee", "project", "station"), pk=activity_id
    )


def _done(
    request: HttpRequest,
    activity: Activity,
    verb: Callable[[Actor], object],
    said: str,
    *,
    about: str = "",
) -> HttpResponse:
    """``about``: the form whose reason is shown again where it was typed when it is not taken."""
    try:
        verb(actor_of(request))
    except Refusal as refused:
        if about and refused.field == "reason":
            typed = RefusedReason(about, request.POST.get("reason", ""), str(refused))
            return _detail_page(request, activity, ShiftForm(), typed)
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("activities:activity-detail", activity.pk)


def _form_page(request: HttpRequest, form: CallForm, activity: Activity | None) -> HttpResponse:
    context = {"form": form, "activity": activity}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/activities/form.html", context, status=status)


def _detail_page(
    request: HttpRequest,
    activity: Activity,
    form: ShiftForm,
    refused: RefusedReason | None = None,
) -> HttpResponse:
    actor = actor_of(request)
    is_draft = activity.state == ActivityState.DRAFT
    may_review = actor.may("activities.review")
    shifts = list(activity.shifts.all())
    is_hand = actor.user is not None and actor.user.pk in activity.hands
    in_review = activity.state == ActivityState.IN_REVIEW
    context = {
        "activity": activity,
        "refused": refused,
        "shifts": shifts,
        "has_begun": any(shift.starts_at <= timezone.now() for shift in shifts),
        "skills": [term.name for term in Term.objects.filter(pk__in=activity.needed_skills)],
        "form": form,
        "copy_form": CopyForm() if actor.may("activities.write") and shifts else None,
        "may_write": is_draft and actor.may("activities.write"),
        "may_change": activity.state == ActivityState.PUBLISHED and may_review,
        "now": timezone.now(),
        "changes": activity.changes.all(),
        "may_submit": is_draft and shifts and actor.may("activities.write"),
        "may_approve": in_review and may_review and not is_hand,
        "may_return": in_review and may_review,
        "may_cancel": activity.state in _UNDER_WAY and may_review,
        "waits_for_others": in_review and is_hand,
    }
    status = _UNPROCESSABLE if form.errors or refused else None
    return render(request, "volunteers/activities/detail.html", context, status=status)


def _states(chosen: str) -> dict[str, Any]:
    options = [{"label": _("all"), "url": "?", "active": not chosen}]
    options += [
        {"label": state.label, "url": f"?state={state.value}", "active": state == chosen}
        for state in ActivityState
    ]
    return {"label": _("State"), "options": options}
