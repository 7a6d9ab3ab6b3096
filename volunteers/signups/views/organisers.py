"""Who comes to a shift, for the committee that calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Shift
from volunteers.signups.domain import remove_sign_up
from volunteers.signups.forms import RemoveForm
from volunteers.signups.models import SignUp

__all__ = ["remove", "show_shift"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def show_shift(request: HttpRequest, activity_id: int, shift_id: int) -> HttpResponse:
    """Everybody who signed up, in the order of their coming; printed as a sign-in sheet."""
    shift = _shift(activity_id, shift_id)
    page = page_of(SignUp.objects.filter(shift=shift), request, as_entered=True)
    context = {
        "shift": shift,
        "rows": page.rows,
        "rows_template": "volunteers/signups/_rows.html",
        "next_url": page.next_url,
        "may_write": actor_of(request).may("activities.write"),
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Portal number")},
            {"label": _("State")},
            {"label": _("Signed up at")},
            {"label": _("Signature")},
        ],
        "empty": {
            "title": _("Nobody has signed up yet."),
            "text": _("Once the activity is published, volunteers find it under “Activities”."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/signups/shift.html"
    return render(request, name, context)


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
