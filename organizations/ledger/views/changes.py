"""What officers write into the ledger."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.ledger.domain import (
    amend_organization,
    close_organization,
    register_organization,
    standardise_organization,
    withdraw_standard,
)
from organizations.ledger.forms import AmendForm, DayForm, RegisterForm
from organizations.ledger.models import Organization, OrganizationKind
from organizations.ledger.views.lists import organization_in_reach

__all__ = ["amend", "close", "end_standard", "register", "standardise"]

_UNPROCESSABLE = 422
_FACTS = (
    "name",
    "kind",
    "founded_on",
    "registered_with_civil_affairs",
    "responsible_person",
    "reported_volunteers",
    "notes",
)


@acts("organizations.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def register(request: HttpRequest) -> HttpResponse:
    """Enters an organisation."""
    actor = actor_of(request)
    initial = {"committee": request.GET.get("committee") or getattr(actor.committee, "code", "")}
    form = RegisterForm(posted(request), actor=actor, initial=initial)
    back_url = reverse("ledger:organization-list")

    def write(given: dict[str, Any]) -> Organization:
        return register_organization(actor=actor, **given)

    if form.is_valid() and (made := _written(form, write)):
        messages.success(request, _("{name} stands in the ledger.").format(name=made.name))
        return redirect("ledger:organization-detail", made.pk)
    title, label = _("Enter an organisation"), _("Enter into the ledger")
    return _form_page(
        request, form, title=title, submit_label=label, back_url=back_url, keep="organization"
    )


@acts("organizations.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def amend(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Corrects an organisation's facts."""
    organization = organization_in_reach(request, organization_id)
    initial = {name: getattr(organization, name) for name in _FACTS}
    known = organization.registered_with_civil_affairs
    initial["registered_with_civil_affairs"] = {True: "yes", False: "no", None: ""}[known]
    form = AmendForm(posted(request), initial=initial)

    def write(given: dict[str, Any]) -> Organization:
        return amend_organization(organization, actor=actor_of(request), **given)

    if form.is_valid() and _written(form, write):
        return redirect("ledger:organization-detail", organization.pk)
    title = _("Correct {name}").format(name=organization.name)
    back_url = reverse("ledger:organization-detail", args=[organization.pk])
    return _form_page(
        request, form, title=title, submit_label=_("Save the corrections"), back_url=back_url
    )


@acts("organizations.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def standardise(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Counts the organisation as standardised from a day on."""
    title, label = _("Standardised: {name}"), _("Count as standardised")
    return _on_a_day(request, organization_id, standardise_organization, title, label)


@acts("organizations.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def end_standard(request: HttpRequest, organization_id: int) -> HttpResponse:
    """From a day on the organisation no longer counts as standardised."""
    title, label = _("No longer standardised: {name}"), _("End the standard")
    return _on_a_day(request, organization_id, withdraw_standard, title, label)


@acts("organizations.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Ends the organisation."""
    title, label = _("Close {name}"), _("Close this organisation")
    return _on_a_day(request, organization_id, close_organization, title, label)


def _on_a_day(
    request: HttpRequest,
    organization_id: int,
    verb: Callable[..., Organization],
    title: str,
    label: str,
) -> HttpResponse:
    organization = organization_in_reach(request, organization_id)
    form = DayForm(posted(request))

    def write(given: dict[str, Any]) -> Organization:
        return verb(organization, actor=actor_of(request), **given)

    if form.is_valid() and _written(form, write):
        return redirect("ledger:organization-detail", organization.pk)
    return _form_page(
        request,
        form,
        title=title.format(name=organization.name),
        submit_label=label,
        back_url=reverse("ledger:organization-detail", args=[organization.pk]),
        danger=verb is not standardise_organization,
    )


def _written(
    form: forms.Form, write: Callable[[dict[str, Any]], Organization]
) -> Organization | None:
    """What the verb wrote, or None with its refusal in the form."""
    given = dict(form.cleaned_data)
    if "kind" in given:
        given["kind"] = OrganizationKind(given["kind"])
    try:
        return write(given)
    except Refusal as refusal:
        show_refusal(form, refusal)
        return None


def _form_page(request: HttpRequest, form: forms.Form, **texts: Any) -> HttpResponse:
    status = _UNPROCESSABLE if form.errors else 200
    context = {"form": form, **texts}
    return render(request, "organizations/ledger/form.html", context, status=status)
