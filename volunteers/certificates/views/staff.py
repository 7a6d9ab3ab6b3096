"""The committee's certificates: who waits for the seal, and what was issued."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from core.web.keyset import Page, is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.certificates.domain import answer_seal, withdraw_certificate
from volunteers.certificates.domain.holders import holders_for_office
from volunteers.certificates.forms import SealForm
from volunteers.certificates.models import Certificate
from volunteers.certificates.views.answers import pdf_answer

__all__ = ["answer_seal_request", "list_certificates", "listed", "print_one", "withdraw"]


@acts("certificates.view")
@require_safe
def list_certificates(request: HttpRequest) -> HttpResponse:
    """Who waits for a seal, the longest first; with ``all=1`` everything, the newest first."""
    shows_all = request.GET.get("all") == "1"
    found = Certificate.objects.all() if shows_all else Certificate.objects.seal_requested()
    page = page_of(found.prefetch_related("committee"), request, as_entered=not shows_all)
    actor = actor_of(request)
    context = listed(page, actor)
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "shows_all": shows_all,
        "empty": {
            "title": _("Nobody waits for a seal."),
            "text": _("Volunteers issue certificates themselves; who needs the seal asks for it."),
        },
    }
    return render(request, "volunteers/certificates/list.html", context)


@never_cache
@acts("certificates.view")
@require_safe
def print_one(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The PDF with the number masked: what the seal would stand under."""
    certificate = _certificate(certificate_id)
    try:
        holder = holders_for_office([certificate])
        return pdf_answer(request, [certificate], holder=holder, called=certificate.number)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("certificates:certificate-list")


@acts("certificates.seal")
@require_POST
def answer_seal_request(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Applies the seal, or declines with a reason."""
    certificate = _certificate(certificate_id)
    form = SealForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose whether to seal it or not."))
        return redirect("certificates:certificate-list")
    is_applied = form.cleaned_data["answer"] == "apply"
    try:
        answer_seal(
            certificate,
            actor=actor_of(request),
            apply=is_applied,
            reason=form.cleaned_data["reason"],
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(
            request, _("Sealed.") if is_applied else _("Declined; the volunteer reads why.")
        )
    return redirect("certificates:certificate-list")


@acts("certificates.issue")
@require_POST
def withdraw(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Takes a certificate back, with a reason."""
    certificate = _certificate(certificate_id)
    try:
        reason = str(request.POST.get("reason", ""))
        withdraw_certificate(certificate, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn. Who scans its code reads so."))
    if certificate.batch:
        return redirect("certificates:batch-detail", certificate.batch)
    return redirect("certificates:certificate-list")


def listed(page: Page[Certificate], actor: Actor) -> dict[str, Any]:
    """What a list of certificates shows to that member."""
    return {
        "rows": page.rows,
        "rows_template": "volunteers/certificates/_rows.html",
        "next_url": page.next_url,
        "may_seal": actor.may("certificates.seal"),
        "may_issue": actor.may("certificates.issue"),
        "columns": [
            {"label": _("No.")},
            {"label": _("Volunteer")},
            {"label": _("Period")},
            {"label": _("Hours"), "numeric": True},
            {"label": _("State")},
            {"label": _("What to do")},
        ],
    }


def _certificate(certificate_id: int) -> Certificate:
    return get_object_or_404(Certificate.objects.select_related("committee"), pk=certificate_id)
