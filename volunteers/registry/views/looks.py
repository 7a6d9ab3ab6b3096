"""Looking at a full identifier, and letting somebody look at a minor's."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.web.keyset import page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.registry.domain import (
    approve_reveal,
    decline_reveal,
    request_reveal,
    reveal_identifier,
)
from volunteers.registry.models import (
    ApprovalState,
    RevealApproval,
    RevealField,
    Volunteer,
)
from volunteers.registry.views.common import page_of_volunteer, volunteer_of

__all__ = [
    "Identifier",
    "answer_request",
    "ask_approval",
    "identifiers_of",
    "list_requests",
    "reveal",
]


@dataclass(frozen=True, slots=True)
class Identifier:
    """A masked identifier on a person's page.

    ``dialog`` is what `components/reason_dialog.html` takes; None where nothing can be done now,
    which ``note`` explains.
    """

    key: RevealField
    mask: str
    button: str = ""
    dialog: dict[str, Any] | None = None
    note: str = ""

    @property
    def label(self) -> str:
        """What it is."""
        return str(self.key.label)


def identifiers_of(volunteer: Volunteer, actor: Actor) -> list[Identifier]:
    """Document, telephone and, for a minor, the guardian's telephone."""
    masks = {
        RevealField.NUMBER: volunteer.identity_mask,
        RevealField.PHONE: volunteer.phone_mask,
        RevealField.GUARDIAN_PHONE: volunteer.guardian_phone_mask,
    }
    asked = _own_requests(volunteer, actor) if volunteer.is_minor else {}
    may = actor.may("volunteers.reveal")
    return [
        _identifier(volunteer, field, mask, asked.get(field)) if may else Identifier(field, mask)
        for field, mask in masks.items()
        if mask
    ]


@never_cache
@acts("volunteers.reveal")
@require_POST
def reveal(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Shows the value on this answer and nowhere else; the look is on record already."""
    volunteer = volunteer_of(request, number)
    shown = _field(field)
    try:
        value = reveal_identifier(
            volunteer, field=shown, reason=request.POST.get("reason", ""), actor=actor_of(request)
        )
    except Refusal as refused:
        messages.error(request, str(refused))
        return page_of_volunteer(volunteer)
    context = {
        "volunteer": volunteer,
        "label": shown.label,
        "value": value,
    }
    return render(request, "volunteers/registry/revealed.html", context)


@acts("volunteers.reveal")
@require_POST
def ask_approval(request: HttpRequest, number: str, field: str) -> HttpResponse:
    """Asks a secretary to let one look once."""
    volunteer = volunteer_of(request, number)
    reason = request.POST.get("reason", "")
    try:
        request_reveal(volunteer, field=_field(field), reason=reason, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        message = _("Asked. A secretary of your committee or of one above it decides.")
        messages.success(request, message)
    return page_of_volunteer(volunteer)


@acts("volunteers.reveal.approve")
@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    """What waits for a secretary: who wants to look at which minor's identifier, and why."""
    asked = RevealApproval.objects.asked().select_related("volunteer__committee")
    page = page_of(asked, request)
    context = {"rows": page.rows, "next_url": page.next_url}
    return render(request, "volunteers/registry/requests.html", context)


@acts("volunteers.reveal.approve")
@require_POST
def answer_request(request: HttpRequest, approval_id: int) -> HttpResponse:
    """Approves or declines, as the button says."""
    approval = get_object_or_404(RevealApproval, pk=approval_id)
    actor = actor_of(request)
    try:
        if request.POST.get("answer") == "approve":
            approve_reveal(approval, actor=actor)
            said = _("Approved: {who} may look once within 24 hours.")
        else:
            decline_reveal(approval, actor=actor)
            said = _("Declined; {who} sees that on the person's page.")
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said.format(who=approval.asked_by_label))
    return redirect("registry:approval-list")


def _field(text: str) -> RevealField:
    """The identifier that an address names; its pattern lets no other through."""
    return RevealField(text)


def _own_requests(volunteer: Volunteer, actor: Actor) -> dict[str, RevealApproval]:
    """The actor's newest request for each identifier."""
    mine = volunteer.approvals.filter(asked_by=actor.scope.user).order_by("pk")
    return {request.field: request for request in mine}


def _identifier(
    volunteer: Volunteer, field: RevealField, mask: str, asked: RevealApproval | None
) -> Identifier:
    if not volunteer.is_minor or (asked is not None and _good_now(asked)):
        dialog = _look_dialog(volunteer, field)
        return Identifier(field, mask, _("See the whole number"), dialog)
    if asked is not None and asked.state == ApprovalState.ASKED:
        return Identifier(field, mask, note=_("Asked; a secretary has still to decide."))
    declined = asked is not None and asked.state == ApprovalState.DECLINED
    note = _("The last request was declined.") if declined else ""
    dialog = _ask_dialog(volunteer, field)
    return Identifier(field, mask, _("Ask to see the whole number"), dialog, note)


def _good_now(asked: RevealApproval) -> bool:
    until = asked.expires_at
    return asked.state == ApprovalState.APPROVED and until is not None and until > timezone.now()


def _look_dialog(volunteer: Volunteer, field: RevealField) -> dict[str, Any]:
    return {
        "id": f"look-{field}",
        "title": _("{what} of {name}").format(what=field.label, name=volunteer.name),
        "text": _("Your name, the time and the reason are kept, and the person sees them."),
        "action": reverse("registry:volunteer-reveal", args=[volunteer.number, field]),
        "submit_label": _("Show it once"),
        "reasons": _reasons(),
    }


def _ask_dialog(volunteer: Volunteer, field: RevealField) -> dict[str, Any]:
    return {
        "id": f"look-{field}",
        "title": _("Ask to see {what} of {name}").format(what=field.label, name=volunteer.name),
        "text": _(
            "The volunteer is under 18: a secretary approves each look beforehand. An approval "
            "holds for one look within 24 hours."
        ),
        "action": reverse("registry:approval-create", args=[volunteer.number, field]),
        "submit_label": _("Send the request"),
        "reasons": _reasons(),
    }


def _reasons() -> list[str]:
    return [
        _("Taking out accident insurance"),
        _("Comparing the entry with the document"),
        _("Reaching the person about a service"),
        _("Issuing a certificate"),
    ]
