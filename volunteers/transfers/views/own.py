"""A volunteer's own transfers."""

from __future__ import annotations

from typing import Protocol

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.registry.models import Volunteer
from volunteers.transfers.domain import agree_as_grown, send_guardian_links, take_back_transfer
from volunteers.transfers.forms import AskForm
from volunteers.transfers.models import Transfer
from volunteers.transfers.views.common import is_asked, places_answer, tone_of

__all__ = ["agree_own", "look_up_own_places", "send_own_link", "show_own", "take_back_own"]

_OWN_SHOWN = 20


@acts("own.transfer")
@require_safe
def look_up_own_places(request: HttpRequest) -> JsonResponse:
    """The same for the volunteer's own page."""
    return places_answer(request)


@acts("own.transfer")
@require_http_methods(["GET", "HEAD", "POST"])
def show_own(request: HttpRequest) -> HttpResponse:
    """The volunteer's own requests, and asking for one."""
    actor = actor_of(request)
    volunteer = get_object_or_404(
        Volunteer.objects.select_related("committee"), pk=actor.scope.volunteer
    )
    form = AskForm(request.POST or None, lookup_url=reverse("transfers:own-place-lookup"))
    if form.is_valid() and is_asked(request, form, volunteer.pk):
        messages.success(request, _("Asked. The receiving committee answers here."))
        return redirect("transfers:own-transfers")
    mine = Transfer.objects.of_person(volunteer.pk)
    transfers = list(mine.order_by("-pk")[:_OWN_SHOWN])
    grown = set(mine.outgrown(timezone.localdate()).values_list("pk", flat=True))
    context = {
        "form": form,
        "volunteer": volunteer,
        "rows": [
            {"transfer": each, "tone": tone_of(each), "grown": each.pk in grown}
            for each in transfers
        ],
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/transfers/own.html", context, status=status)


@acts("own.transfer")
@require_POST
def take_back_own(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The volunteer does not want it, whoever asked."""
    return _decide(
        request, transfer_id, take_back_transfer, _("Taken back. You stay where you are.")
    )


@acts("own.transfer")
@require_POST
def agree_own(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Who has come of age agrees to what the guardian was asked."""
    said = _("You agree. The receiving committee answers here.")
    return _decide(request, transfer_id, agree_as_grown, said)


@acts("own.transfer")
@require_POST
def send_own_link(request: HttpRequest) -> HttpResponse:
    """Asks the guardian once more."""
    actor = actor_of(request)
    try:
        sent = send_guardian_links(
            actor.scope.volunteer or 0, actor=actor, address_of=request.build_absolute_uri
        )
        said = _("Your guardian has been sent the link again.") if sent else _("Nothing waits.")
        messages.success(request, said)
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("transfers:own-transfers")


class _Verb(Protocol):
    def __call__(self, transfer: Transfer, *, actor: Actor) -> Transfer: ...


def _decide(request: HttpRequest, transfer_id: int, verb: _Verb, said: str) -> HttpResponse:
    """Does what the volunteer wants with an own transfer, and leads back to the list."""
    actor = actor_of(request)
    mine = Transfer.objects.of_person(actor.scope.volunteer or 0)
    transfer = get_object_or_404(mine, pk=transfer_id)
    try:
        verb(transfer, actor=actor)
        messages.success(request, said)
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("transfers:own-transfers")
