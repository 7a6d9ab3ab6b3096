"""Pages of transfers for committees: what waits, asking, answering."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.registry.models import Volunteer
from volunteers.transfers.domain import (
    agree_transfer,
    refuse_transfer,
    send_guardian_links,
    take_back_transfer,
)
from volunteers.transfers.forms import AskForm
from volunteers.transfers.models import AskingSide, GuardianAnswer, Transfer, TransferState
from volunteers.transfers.views.common import is_asked, places_answer, tone_of

__all__ = ["answer", "ask", "list_transfers", "look_up_places", "send_link"]


@acts("volunteers.transfers.view")
@require_safe
def list_transfers(request: HttpRequest) -> HttpResponse:
    """What waits for an answer, or with ``all`` everything, newest first."""
    actor = actor_of(request)
    everything = "all" in request.GET
    found = Transfer.objects.all() if everything else Transfer.objects.waiting()
    page = page_of(found, request)
    context = {
        "rows": [_row(transfer, actor) for transfer in page.rows],
        "next_url": page.next_url,
        "everything": everything,
    }
    if is_next_page(request):
        return render(request, "volunteers/transfers/_rows.html", context)
    return render(request, "volunteers/transfers/list.html", context)


@acts("volunteers.transfer")
@require_safe
def look_up_places(request: HttpRequest) -> JsonResponse:
    """For the select of the form: committees anywhere that take volunteers."""
    return places_answer(request)


@acts("volunteers.transfer")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Asks another committee to take over a volunteer of one's own."""
    actor = actor_of(request)
    within = Volunteer.objects.below(actor.scope.committee)
    volunteer = get_object_or_404(within, number=number)
    form = AskForm(request.POST or None, lookup_url=reverse("transfers:place-lookup"))
    if form.is_valid() and is_asked(request, form, volunteer.pk):
        messages.success(request, _("Asked. The receiving committee answers."))
        return redirect("transfers:transfer-list")
    context = {"form": form, "volunteer": volunteer}
    status = 422 if form.errors else 200
    return render(request, "volunteers/transfers/ask.html", context, status=status)


@acts("volunteers.transfer")
@require_POST
def answer(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Agrees, refuses or takes back, as the button says."""
    actor = actor_of(request)
    transfer = get_object_or_404(Transfer, pk=transfer_id)
    try:
        match request.POST.get("answer"):
            case "agree":
                done = agree_transfer(transfer, actor=actor)
                said = _("{name} belongs to {committee} from now on.")
                said = said.format(name=done.volunteer_name, committee=done.destination_name)
                messages.success(request, said)
                return redirect("registry:volunteer-detail", number=done.volunteer_number)
            case "take_back":
                take_back_transfer(transfer, actor=actor)
                messages.success(request, _("Taken back."))
            case _:
                refuse_transfer(transfer, actor=actor, reason=request.POST.get("reason", ""))
                messages.success(request, _("Refused; the other side reads the reason."))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("transfers:transfer-list")


@acts("volunteers.transfer")
@require_POST
def send_link(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """Asks the guardian once more; the link sent before opens nothing any more."""
    actor = actor_of(request)
    transfer = get_object_or_404(Transfer, pk=transfer_id)
    within = Volunteer.objects.below(actor.scope.committee)
    person = get_object_or_404(within, pk=transfer.volunteer_id)
    try:
        address_of = request.build_absolute_uri
        sent = send_guardian_links(person.pk, actor=actor, address_of=address_of)
        said = _("The guardian has been sent the link again.") if sent else _("Nothing waits.")
        messages.success(request, said)
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("transfers:transfer-list")


def _row(transfer: Transfer, actor: Actor) -> dict[str, Any]:
    """A request with what this reader may do about it."""
    own = actor.scope.committee
    waits = transfer.state == TransferState.WAITING and actor.may("volunteers.transfer")
    guardian = transfer.state == TransferState.WAITING and transfer.guardian == GuardianAnswer.ASKED
    asked_here = transfer.asked_side == AskingSide.ORIGIN
    return {
        "transfer": transfer,
        "key": str(transfer.pk),
        "tone": tone_of(transfer),
        "waits_for_guardian": guardian,
        "may_send_link": guardian and waits and transfer.origin_id.startswith(own),
        "may_answer": waits and not guardian and transfer.destination_id.startswith(own),
        "may_take_back": waits and asked_here and transfer.origin_id.startswith(own),
        "is_leaving": transfer.origin_id.startswith(own),
    }
