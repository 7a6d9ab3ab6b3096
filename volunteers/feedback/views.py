"""Pages of feedback: the volunteer's, the organiser's of one person, and what was heard."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity
from volunteers.feedback.domain import CHANGEABLE, rate_activity, rate_volunteer
from volunteers.feedback.forms import FeedbackForm
from volunteers.feedback.models import Feedback, Grade, Side
from volunteers.feedback.queries import heard_of
from volunteers.signups.models import SignUp, SignUpState

__all__ = ["rate", "say", "show_heard"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def show_heard(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What volunteers said, without names; and who served, to say something of each."""
    activity = get_object_or_404(Activity, pk=activity_id)
    over = SignUp.objects.filter(activity=activity, state=SignUpState.PLACED)
    over = over.filter(shift__ends_at__lte=timezone.now()).select_related("shift")
    page = page_of(over, request, as_entered=True)
    said = Feedback.objects.of_side(Side.ORGANISER).filter(signup__in=page.rows)
    by_signup = {each.signup_id: each for each in said}
    context: dict[str, Any] = {
        "activity": activity,
        "rows": [{"signup": each, "said": by_signup.get(each.pk)} for each in page.rows],
        "rows_template": "volunteers/feedback/_rows.html",
        "next_url": page.next_url,
        "may_rate": actor_of(request).may("activities.write"),
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Portal number")},
            {"label": _("Shift")},
            {"label": _("Said by the organiser")},
        ],
        "empty": {
            "title": _("No shift with people is over yet."),
            "text": _("Afterwards volunteers say how it was, and you say how they served."),
        },
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context["heard"] = heard_of(activity.pk)
    return render(request, "volunteers/feedback/heard.html", context)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def rate(request: HttpRequest, signup_id: int) -> HttpResponse:
    """The organiser says how somebody served."""
    signup = get_object_or_404(SignUp.objects.select_related("shift", "activity"), pk=signup_id)
    back = reverse("feedback:activity-feedback", args=[signup.activity_id])
    return _page(request, signup, Side.ORGANISER, rate_volunteer, back)


@acts("own.signup")
@require_http_methods(["GET", "HEAD", "POST"])
def say(request: HttpRequest, signup_id: int) -> HttpResponse:
    """The volunteer says how it was, and reads what the organiser said."""
    mine = SignUp.objects.of_person(actor_of(request).scope.volunteer or 0).with_calls()
    signup = get_object_or_404(mine, pk=signup_id)
    back = reverse("signups:call-detail", args=[signup.activity_id])
    return _page(request, signup, Side.VOLUNTEER, rate_activity, back)


def _page(
    request: HttpRequest,
    signup: SignUp,
    side: Side,
    verb: Callable[..., Feedback],
    back_url: str,
) -> HttpResponse:
    both = {each.side: each for each in Feedback.objects.filter(signup=signup)}
    said = both.get(side)
    form = FeedbackForm(posted(request), initial={"line": said.line} if said else None)
    if form.is_valid():
        try:
            verb(signup, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Thank you. It can be changed for two weeks."))
            return redirect(back_url)
    context = {
        "form": form,
        "signup": signup,
        "said": said,
        "answer": both.get(Side.ORGANISER) if side == Side.VOLUNTEER else None,
        "grades": Grade.choices,
        "is_open": said is None or timezone.now() < said.given_at + CHANGEABLE,
        "is_over": signup.shift.ends_at <= timezone.now(),
        "back_url": back_url,
    }
    name = "own" if side == Side.VOLUNTEER else "rate"
    status = _UNPROCESSABLE if form.errors else None
    return render(request, f"volunteers/feedback/{name}.html", context, status=status)
