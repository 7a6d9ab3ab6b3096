"""The volunteer's own pages, made for a phone."""

from __future__ import annotations

from datetime import date
from typing import Any

from django.contrib import messages
from django.db.models import Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import id_from
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.emergencies.domain import own_contact
from volunteers.hours.domain import ask_correction
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.hours.queries.proofs import own_proof
from volunteers.own.forms import AbilitiesForm, CorrectionRequestForm
from volunteers.own.summary import glances_of, news_of, next_shift, own_hours, own_records
from volunteers.privacy.domain.erasing import kept_until
from volunteers.privacy.models import ConsentKind, ConsentText, DataExport
from volunteers.privacy.summary import looks_at_the_person
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import abilities_of, annual_minimum
from volunteers.vocabulary.domain import set_terms
from volunteers.vocabulary.models import TermKind

__all__ = ["ask_about_record", "edit_abilities", "show_home", "show_profile", "show_record"]

RECORDS_A_PAGE = 20
_BEFORE = "before"
_REQUESTS_SHOWN = 20
_LOOKS_SHOWN = 10


@acts("own.view")
@require_safe
def show_home(request: HttpRequest) -> HttpResponse:
    """Total, this year, by month, what waits, and the records, newest day first."""
    volunteer_id = actor_of(request).scope.volunteer
    position = request.GET.get(_BEFORE, "")
    records = own_records(volunteer_id)
    found = list(_older(records, position).order_by("-served_on", "-pk")[: RECORDS_A_PAGE + 1])
    shown = found[:RECORDS_A_PAGE]
    context: dict[str, Any] = {"records": shown, "next_url": ""}
    if len(found) > len(shown):
        last = shown[-1]
        context["next_url"] = f"{reverse('own:home')}?{_BEFORE}={last.served_on}.{last.pk}"
    if position and "HX-Request" in request.headers:
        return render(request, "volunteers/own/home.html#records", context)
    hours = context["hours"] = own_hours(volunteer_id)
    if volunteer_id is not None:
        person = Volunteer.objects.get(pk=volunteer_id)
        context["news"] = news_of(volunteer_id)
        context["next"] = next_shift(volunteer_id)
        context["glances"] = glances_of(volunteer_id)
        context["annual"] = annual_minimum(person.committee_id, served=hours.this_year)
    return render(request, "volunteers/own/home.html", context)


@acts("own.view")
@require_safe
def show_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """One own record with its state, its source and what was asked about it."""
    return _record_page(request, _record(request, record_id), CorrectionRequestForm())


@acts("corrections.ask")
@require_http_methods(["POST"])
def ask_about_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Tells the recording committee that a record is not right."""
    record = _record(request, record_id)
    form = CorrectionRequestForm(request.POST)
    if form.is_valid():
        try:
            ask_correction(record, actor=actor_of(request), message=form.cleaned_data["message"])
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            text = _("{committee} has been told and will answer here.")
            messages.success(request, text.format(committee=record.committee.name))
            return redirect("own:record-detail", record.pk)
    return _record_page(request, record, form)


@acts("own.view")
@require_safe
def show_profile(request: HttpRequest) -> HttpResponse:
    """What is stored about oneself, masked, and who has looked at a full identifier."""
    volunteers = Volunteer.objects.select_related("committee")
    volunteer = get_object_or_404(volunteers, pk=actor_of(request).scope.volunteer)
    context = {
        "volunteer": volunteer,
        "looks": looks_at_the_person(_LOOKS_SHOWN + 1),
        "looks_shown": _LOOKS_SHOWN,
        "emergency": own_contact(actor_of(request)),
        "consents": volunteer.consents.select_related("text").order_by("-pk"),
        "consent_text": ConsentText.objects.in_force(ConsentKind.OWN, volunteer.committee_id),
        "needs_consent": volunteer.needs_own_consent,
        "asked_before": volunteer.privacy_requests.order_by("-pk")[:_REQUESTS_SHOWN],
        "sealing": volunteer.privacy_requests.open().sealing().first(),
        "kept_until": kept_until(volunteer),
        "copies": DataExport.objects.filter(expires_at__gt=timezone.now()).order_by("-made_at"),
    }
    shown = {**context, "abilities": abilities_of(volunteer)}
    return render(request, "volunteers/own/profile.html", shown)


@acts("own.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_abilities(request: HttpRequest) -> HttpResponse:
    """Skills, interests, languages, vehicles, licences and times, said by the person."""
    actor = actor_of(request)
    volunteer = get_object_or_404(Volunteer, pk=actor.scope.volunteer)
    form = AbilitiesForm(posted(request), volunteer_id=volunteer.pk)
    if form.is_valid():
        try:
            set_terms(
                volunteer.pk,
                committee=volunteer.committee_id,
                actor=actor,
                kinds=TermKind.values,
                terms=form.terms(),
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("own:profile")
    context = {"form": form, "layout": "layouts/person.html", "back_url": reverse("own:profile")}
    status = 422 if form.errors else 200
    return render(request, "volunteers/registry/abilities.html", context, status=status)


def _older(records: ServiceRecordQuerySet, position: str) -> ServiceRecordQuerySet:
    """Records after the position ``2026-05-16.123``: day and id of the last one shown."""
    day, _dot, pk = position.partition(".")
    number = id_from(pk)
    if number is None:
        return records
    try:
        served_on = date.fromisoformat(day)
    except ValueError:
        return records
    return records.filter(Q(served_on__lt=served_on) | Q(served_on=served_on, pk__lt=number))


def _record(request: HttpRequest, record_id: int) -> ServiceRecord:
    records = own_records(actor_of(request).scope.volunteer)
    return get_object_or_404(records, pk=record_id)


def _record_page(
    request: HttpRequest, record: ServiceRecord, form: CorrectionRequestForm
) -> HttpResponse:
    corrections = list(record.corrections.order_by("-pk"))
    context = {
        "record": record,
        "proof": own_proof(record),
        "form": form,
        "corrections": corrections,
        "may_ask": record.stands and not any(each.state == "open" for each in corrections),
        "replaced_by": own_records(record.volunteer_id).filter(replaces=record).first(),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/own/record_detail.html", context, status=status)
