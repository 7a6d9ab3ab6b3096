"""What the pages of both sides share."""

from __future__ import annotations

from django.http import HttpRequest, JsonResponse

from core.web.forms import show_refusal
from core.web.refusals import Refusal
from organizations.accounts.scopes import actor_of
from volunteers.transfers.domain import ask_transfer
from volunteers.transfers.forms import AskForm
from volunteers.transfers.models import Transfer, TransferState
from volunteers.transfers.queries import places_named

__all__ = ["is_asked", "places_answer", "tone_of"]

_TONES = {
    TransferState.WAITING: "waiting",
    TransferState.DONE: "good",
    TransferState.REFUSED: "bad",
    TransferState.WITHDRAWN: "draft",
    TransferState.OVERTAKEN: "draft",
}


def places_answer(request: HttpRequest) -> JsonResponse:
    """For the select of a form: committees anywhere that take volunteers."""
    found = places_named(request.GET.get("q", "").strip()[:50].replace("\0", ""))
    results = [
        {"value": place.code, "text": place.full_name, "detail": place.code} for place in found
    ]
    return JsonResponse({"results": results})


def is_asked(request: HttpRequest, form: AskForm, volunteer_id: int) -> bool:
    """Asks; a refusal is shown on the form."""
    try:
        ask_transfer(
            volunteer_id,
            actor=actor_of(request),
            address_of=request.build_absolute_uri,
            **form.cleaned_data,
        )
    except Refusal as refused:
        show_refusal(form, refused)
        return False
    return True


def tone_of(transfer: Transfer) -> str:
    """The colour of its state."""
    return _TONES[TransferState(transfer.state)]
