"""The volunteer says whom to call; the organiser calls."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.emergencies import domain
from volunteers.emergencies.forms import ContactForm
from volunteers.signups.models import SignUp

__all__ = ["drop", "edit", "show"]


@acts("own.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest) -> HttpResponse:
    """Who is named now, and the form that names somebody else."""
    form = ContactForm(posted(request))
    if form.is_valid():
        try:
            domain.say_contact(actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved. Organisers see it only when something happens."))
            return redirect("own:profile")
    context = {"form": form, "contact": domain.own_contact(actor_of(request))}
    status = 422 if form.errors else None
    return render(request, "volunteers/emergencies/own.html", context, status=status)


@acts("own.edit")
@require_POST
def drop(request: HttpRequest) -> HttpResponse:
    """Names nobody any more."""
    domain.drop_contact(actor=actor_of(request))
    messages.success(request, _("Nobody is named any more."))
    return redirect("emergencies:own-contact")


@never_cache
@acts("activities.phone")
@require_POST
def show(request: HttpRequest, signup_id: int) -> HttpResponse:
    """Whom to call, on this answer and nowhere else; the look is on record already."""
    signup = get_object_or_404(SignUp.objects.select_related("shift", "activity"), pk=signup_id)
    try:
        contact = domain.show_contact(signup, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("signups:shift-detail", signup.activity_id, signup.shift_id)
    context = {"signup": signup, "contact": contact}
    return render(request, "volunteers/emergencies/show.html", context)
