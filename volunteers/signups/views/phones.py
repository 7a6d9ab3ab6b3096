"""One tap to the telephone of who comes."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.signups.domain import show_phone
from volunteers.signups.models import SignUp

__all__ = ["phone"]


@never_cache
@acts("activities.phone")
@require_POST
def phone(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Shows the number on this answer and nowhere else; the look is on record already."""
    signups = SignUp.objects.select_related("shift", "activity")
    signup = get_object_or_404(signups, pk=signup_id)
    try:
        number = show_phone(signup, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("signups:shift-detail", signup.activity_id, signup.shift_id)
    context = {"signup": signup, "number": number}
    return render(request, "volunteers/signups/phone.html", context)
