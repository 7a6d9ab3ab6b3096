"""A volunteer's own certificates, made for a phone."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts, asks_password
from organizations.accounts.scopes import actor_of
from volunteers.certificates.domain import (
    ask_seal,
    certifiable,
    issue_certificate,
    withdraw_certificate,
)
from volunteers.certificates.domain.holders import own_holder
from volunteers.certificates.forms import IssueForm, ReasonForm
from volunteers.certificates.models import Certificate
from volunteers.certificates.views.answers import address_of, pdf_answer
from volunteers.registry.models import Volunteer

__all__ = ["ask_for_seal", "create_own", "list_own", "print_own", "show_own", "withdraw_own"]

_UNPROCESSABLE = 422
_A_PAGE = 20


@acts("own.certify")
@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """The newest first."""
    own = Certificate.objects.of_person(actor_of(request).scope.volunteer)
    page = page_of(own.prefetch_related("committee"), request, size=_A_PAGE)
    context = {"certificates": page.rows, "next_url": page.next_url}
    name = "volunteers/certificates/own.html"
    return render(request, f"{name}#certificates" if is_next_page(request) else name, context)


@acts("own.certify")
@require_http_methods(["GET", "HEAD", "POST"])
def create_own(request: HttpRequest) -> HttpResponse:
    """Chooses the period; leads to the certificate with its PDF."""
    actor = actor_of(request)
    volunteers = Volunteer.objects.select_related("committee")
    volunteer = get_object_or_404(volunteers, pk=actor.scope.volunteer)
    today = timezone.localdate()
    records = certifiable(volunteer.pk)
    initial = {"first_on": today.replace(month=1, day=1), "last_on": today}
    form = IssueForm(posted(request), records=records, initial=initial)
    if form.is_valid():
        try:
            certificate = issue_certificate(
                volunteer,
                actor=actor,
                choice=form.choice(),
                full_number=form.cleaned_data["full_number"],
                nonce=form.cleaned_data["nonce"],
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Issued. Download the PDF below."))
            return redirect("certificates:own-detail", certificate.pk)
    context = {"form": form, "has_records": records.exists()}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/certificates/own_create.html", context, status=status)


@acts("own.certify")
@require_safe
def show_own(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """What it says, its PDF, its seal."""
    certificate = _own(request, certificate_id)
    address = f"{address_of(request)(certificate)}{certificate.fragment}"
    context = {"certificate": certificate, "address": address, "form": ReasonForm()}
    return render(request, "volunteers/certificates/own_detail.html", context)


@never_cache
@acts("own.certify")
@require_safe
def print_own(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """The PDF; with the full number only after the password."""
    certificate = _own(request, certificate_id)
    send = _print_after_password if certificate.shows_full_number else _print
    return send(request, certificate)


@acts("own.certify")
@require_POST
def ask_for_seal(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Requests the committee's seal."""
    certificate = _own(request, certificate_id)
    try:
        ask_seal(certificate, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = _("{committee} has been asked. Once sealed, download the PDF again.")
        messages.success(request, said.format(committee=certificate.committee.name))
    return redirect("certificates:own-detail", certificate.pk)


@acts("own.certify")
@require_POST
def withdraw_own(request: HttpRequest, certificate_id: int) -> HttpResponse:
    """Takes it back, with a reason."""
    certificate = _own(request, certificate_id)
    try:
        reason = str(request.POST.get("reason", ""))
        withdraw_certificate(certificate, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Withdrawn. Who scans its code reads so."))
    return redirect("certificates:own-detail", certificate.pk)


def _own(request: HttpRequest, certificate_id: int) -> Certificate:
    own = Certificate.objects.of_person(actor_of(request).scope.volunteer)
    return get_object_or_404(own.select_related("committee"), pk=certificate_id)


def _print(request: HttpRequest, certificate: Certificate) -> HttpResponse:
    try:
        return pdf_answer(request, [certificate], holder=own_holder, called=certificate.number)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("certificates:own-detail", certificate.pk)


_print_after_password = asks_password(_print)
