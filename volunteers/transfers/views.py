"""Pages of transfers: the committees' list and the volunteer's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.registry.models import Volunteer
from volunteers.transfers.domain import (
    agree_transfer,
    ask_transfer,
    refuse_transfer,
    take_back_transfer,
)
from volunteers.transfers.forms import AskForm
from volunteers.transfers.models import AskingSide, Transfer, TransferState
from volunteers.transfers.queries import places_named

__all__ = [
    "answer",
    "ask",
    "list_transfers",
    "look_up_own_places",
    "look_up_places",
    "show_own",
    "take_back_own",
]

_TONES = {
    TransferState.WAITING: "waiting",
    TransferState.DONE: "good",
    TransferState.REFUSED: "bad",
    TransferState.WITHDRAWN: "draft",
    TransferState.OVERTAKEN: "draft",
}
_OWN_SHOWN = 20


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
    return _places(request)


@acts("own.transfer")
@require_safe
def look_up_own_places(request: HttpRequest) -> JsonResponse:
    """The same for the volunteer's own page."""
    return _places(request)


@acts("volunteers.transfer")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest, number: str) -> HttpResponse:
    """Asks another committee to take over a volunteer of one's own."""
    actor = actor_of(request)
    within = Volunteer.objects.below(actor.scope.committee)
    volunteer = get_object_or_404(within, number=number)
    form = AskForm(request.POST or None, lookup_url=reverse("transfers:place-lookup"))
    if form.is_valid() and _asked(form, volunteer.pk, actor):
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


@acts("own.transfer")
@require_http_methods(["GET", "HEAD", "POST"])
def show_own(request: HttpRequest) -> HttpResponse:
    """The volunteer's own requests, and asking for one."""
    actor = actor_of(request)
    volunteer = get_object_or_404(
        Volunteer.objects.select_related("committee"), pk=actor.scope.volunteer
    )
    form = AskForm(request.POST or None, lookup_url=reverse("transfers:own-place-lookup"))
    if form.is_valid() and _asked(form, volunteer.pk, actor):
        messages.success(request, _("Asked. The receiving committee answers here."))
        return redirect("transfers:own-transfers")
    transfers = list(Transfer.objects.of_person(volunteer.pk).order_by("-pk")[:_OWN_SHOWN])
    context = {
        "form": form,
        "volunteer": volunteer,
        "rows": [{"transfer": each, "tone": _tone(each)} for each in transfers],
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/transfers/own.html", context, status=status)


@acts("own.transfer")
@require_POST
def take_back_own(request: HttpRequest, transfer_id: int) -> HttpResponse:
    """The volunteer does not want it, whoever asked."""
    actor = actor_of(request)
    mine = Transfer.objects.of_person(actor.scope.volunteer or 0)
    transfer = get_object_or_404(mine, pk=transfer_id)
    try:
        take_back_transfer(transfer, actor=actor)
        messages.success(request, _("Taken back. You stay where you are."))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("transfers:own-transfers")


def _places(request: HttpRequest) -> JsonResponse:
    found = places_named(request.GET.get("q", "").strip()[:50].replace("\0", ""))
    results = [
        {"value": place.code, "text": place.full_name, "detail": place.code} for place in found
    ]
    return JsonResponse({"results": results})


def _asked(form: AskForm, volunteer_id: int, actor: Actor) -> bool:
    try:
        ask_transfer(volunteer_id, actor=actor, **form.cleaned_data)
    except Refusal as refused:
        show_refusal(form, refused)
        return False
    return True


def _row(transfer: Transfer, actor: Actor) -> dict[str, Any]:
    """A request with what this reader may do about it."""
    own = actor.scope.committee
    waits = transfer.state == TransferState.WAITING and actor.may("volunteers.transfer")
    asked_here = transfer.asked_side == AskingSide.ORIGIN
    return {
        "transfer": transfer,
        "key": str(transfer.pk),
        "tone": _tone(transfer),
        "may_answer": waits and transfer.destination_id.startswith(own),
        "may_take_back": waits and asked_here and transfer.origin_id.startswith(own),
        "is_leaving": transfer.origin_id.startswith(own),
    }


def _tone(transfer: Transfer) -> str:
    return _TONES[TransferState(transfer.state)]
