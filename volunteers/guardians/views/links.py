"""Sending a guardian the link: by an officer, or by the minor."""

from __future__ import annotations

from collections.abc import Callable

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.guardians.domain.consent import send_guardian_link
from volunteers.registry.models import Volunteer

__all__ = ["address_of", "send_link", "send_own_link"]


def address_of(request: HttpRequest) -> Callable[[str], str]:
    """From a link's token to its whole address."""
    return lambda token: request.build_absolute_uri(
        reverse("guardians:consent", kwargs={"token": token})
    )


@acts("volunteers.edit")
@require_POST
def send_link(request: HttpRequest, number: str) -> HttpResponse:
    """Sends the link, and shows it once for passing it on by other ways."""
    actor = actor_of(request)
    volunteer = get_object_or_404(Volunteer.objects.below(actor.scope.committee), number=number)
    try:
        link = send_guardian_link(volunteer, actor=actor, address_of=address_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("registry:volunteer-detail", volunteer.number)
    context = {"volunteer": volunteer, "link": link}
    return render(request, "volunteers/guardians/link.html", context)


@acts("own.view")
@require_POST
def send_own_link(request: HttpRequest) -> HttpResponse:
    """The minor asks the guardian."""
    actor = actor_of(request)
    volunteer = get_object_or_404(Volunteer, pk=actor.scope.volunteer)
    try:
        send_guardian_link(volunteer, actor=actor, address_of=address_of(request))
    except Refusal as refused:
        messages.warning(request, str(refused))
    else:
        said = _("Your guardian has been sent a link to {phone}.")
        messages.success(request, said.format(phone=volunteer.guardian_phone_mask))
    return redirect("own:profile")
