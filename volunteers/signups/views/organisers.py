"""Who comes to a shift, for the committee that calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import ActivityState, Shift
from volunteers.signups.domain import add_people, remove_sign_up, substitute
from volunteers.signups.forms import AddForm, RemoveForm, SubstituteForm
from volunteers.signups.models import SignUp
from volunteers.signups.queries import phone_masks

__all__ = ["add", "remove", "replace", "show_shift"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def show_shift(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Everybody who signed up, in the order of their coming; printed as a sign-in sheet."""
    return _shift_page(request, _shift(activity_id, shift_id))


@acts("activities.write")
@require_POST
def add(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Puts people on the list; what is refused is shown again as it was typed."""
    shift = _shift(activity_id, shift_id)
    form = AddForm(request.POST, waiting=shift.waiting)
    if form.is_valid():
        try:
            added = add_people(shift, actor=actor_of(request), **form.given)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = ngettext("{n} person added.", "{n} people added.", len(added))
            messages.success(request, said.format(n=len(added)))
            return redirect("signups:shift-detail", activity_id, shift_id)
    return _shift_page(request, shift, form)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def replace(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Puts somebody else in a place."""
    signup = get_object_or_404(SignUp.objects.select_related("shift"), pk=signup_id)
    form = SubstituteForm(posted(request))
    if form.is_valid():
        try:
            substitute(signup, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("The place has changed hands; both read why."))
            return redirect("signups:shift-detail", signup.activity_id, signup.shift_id)
    context = {"form": form, "signup": signup}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/signups/substitute.html", context, status=status)


def _shift_page(request: HttpRequest, shift: Shift, form: AddForm | None = None) -> HttpResponse:
    page = page_of(SignUp.objects.filter(shift=shift), request, as_entered=True)
    masks = phone_masks(shift.pk)
    context = {
        "shift": shift,
        "rows": [{"signup": each, "mask": masks.get(each.pk, "")} for each in page.rows],
        "may_phone": shift.activity.state == ActivityState.PUBLISHED
        and actor_of(request).may("activities.phone"),
        "rows_template": "volunteers/signups/_rows.html",
        "next_url": page.next_url,
        "may_write": actor_of(request).may("activities.write"),
        "form": form or AddForm(waiting=shift.waiting),
        "may_add": _may_add(request, shift),
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("State")},
            {"label": _("Telephone")},
            {"label": _("Portal number")},
            {"label": _("Signed up at")},
            {"label": _("Signature")},
        ],
        "empty": {
            "title": _("Nobody has signed up yet."),
            "text": _("Once the activity is published, volunteers find it under “Activities”."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/signups/shift.html"
    status = _UNPROCESSABLE if form is not None else None
    return render(request, name, context, status=status)


def _may_add(request: HttpRequest, shift: Shift) -> bool:
    is_open = shift.activity.state == ActivityState.PUBLISHED and shift.cancelled_at is None
    still = shift.ends_at > timezone.now()
    return is_open and still and actor_of(request).may("activities.write")


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def remove(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Takes somebody off the list, with the reason that the person reads."""
    signup = get_object_or_404(SignUp.objects.select_related("shift"), pk=signup_id)
    form = RemoveForm(posted(request))
    if form.is_valid():
        try:
            remove_sign_up(signup, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Taken off the list; the place goes to the next one."))
            return redirect("signups:shift-detail", signup.activity_id, signup.shift_id)
    context = {"form": form, "signup": signup}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/signups/remove.html", context, status=status)


def _shift(activity_id: int, shift_id: int) -> Shift:
    shifts = Shift.objects.select_related("activity__committee")
    return get_object_or_404(shifts, pk=shift_id, activity_id=activity_id)
