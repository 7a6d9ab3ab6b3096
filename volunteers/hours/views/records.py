"""One record: how it came to be, entering, mending and correcting it."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import show_refusal
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.evidence.summary import evidence_pane
from volunteers.hours.domain import amend_draft, correct_hours, record_hours
from volunteers.hours.forms import CorrectionForm, NewRecordForm, RecordForm, values_of
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.hours.queries.history import changes_of
from volunteers.hours.queries.queue import oddities_of
from volunteers.hours.views.sheets import void_reasons
from volunteers.registry.models import Volunteer

__all__ = ["correct_record", "create_record", "edit_record", "show_record"]


@acts("hours.view")
@require_safe
def show_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """The record with its history and what was asked about it."""
    actor = actor_of(request)
    record = _record(record_id)
    context = {
        "record": record,
        "oddities": oddities_of(record),
        "evidence": evidence_pane(
            "sheet",
            record.sheet_id,
            bundle=record.sheet.evidence_key,
            actor=actor,
            removable=record.state != RecordState.CONFIRMED,
        ),
        "changes": changes_of(record)[::-1],
        "corrections": record.corrections.order_by("-pk"),
        "replaced_by": ServiceRecord.objects.filter(replaces=record).first(),
        "registered_here": Volunteer.objects.filter(pk=record.volunteer_id).exists(),
        "void_reasons": void_reasons(),
        "next": request.get_full_path(),
        **_rights(record, actor),
    }
    return render(request, "volunteers/hours/record_detail.html", context)


@acts("hours.record")
@require_http_methods(["GET", "HEAD", "POST"])
def create_record(request: HttpRequest) -> HttpResponse:
    """Enters one record; after it the same activity, day and times stand ready for the next."""
    if request.method != "POST":
        return _create_page(request, NewRecordForm(initial=request.GET.dict()))
    form = NewRecordForm(request.POST)
    if not form.is_valid():
        return _create_page(request, form)
    draft = "draft" in request.POST
    try:
        record = record_hours(
            actor=actor_of(request),
            volunteer=form.cleaned_data["volunteer"],
            evidence=form.cleaned_data["evidence"],
            evidence_key=form.cleaned_data["evidence_key"],
            nonce=form.nonce_given(),
            draft=draft,
            **form.values(),
        )
    except Refusal as refused:
        show_refusal(form, refused)
        return _create_page(request, form)
    messages.success(request, _entered_sentence(record))
    if "another" in request.POST:
        return redirect(f"{request.path}?{urlencode(form.for_the_next())}")
    return redirect("hours:record-detail", record.pk)


@acts("hours.record")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Mends a draft."""
    record = _record(record_id)
    form = RecordForm(request.POST or None, initial=values_of(record))
    if request.method == "POST" and form.is_valid():
        try:
            amend_draft(record, actor=actor_of(request), **form.values())
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("The draft is changed."))
            return redirect("hours:record-detail", record.pk)
    return _form_page(request, form, record, "volunteers/hours/record_edit.html")


@acts("hours.correct")
@require_http_methods(["GET", "HEAD", "POST"])
def correct_record(request: HttpRequest, record_id: int) -> HttpResponse:
    """Voids the record and enters the one that should have stood."""
    record = _record(record_id)
    given = {"reason": request.GET.get("reason", "")}
    form = CorrectionForm(request.POST or None, initial={**values_of(record), **given})
    if request.method == "POST" and form.is_valid():
        try:
            new = correct_hours(
                record,
                actor=actor_of(request),
                reason=form.cleaned_data["reason"],
                **form.values(),
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(
                request, _("Corrected. The new record awaits confirmation by a second person.")
            )
            return redirect("hours:record-detail", new.pk)
    return _form_page(request, form, record, "volunteers/hours/record_correct.html")


def _record(record_id: int) -> ServiceRecord:
    records = ServiceRecord.objects.select_related("committee", "organization", "sheet")
    return get_object_or_404(records, pk=record_id)


def _rights(record: ServiceRecord, actor: Actor) -> dict[str, bool]:
    user = actor.scope.user
    mine = record.recorded_by_id == user or user in record.sheet.hands
    return {
        "mine": mine,
        "may_confirm": record.state == RecordState.SUBMITTED
        and actor.may("hours.confirm")
        and not mine,
        "may_edit": record.state == RecordState.DRAFT and actor.may("hours.record"),
        "may_correct": record.stands and actor.may("hours.correct"),
        "may_void": record.state != RecordState.VOID and actor.may("hours.void"),
    }


def _entered_sentence(record: ServiceRecord) -> str:
    values: dict[str, Any] = {
        "name": record.volunteer_name,
        "day": record.served_on.isoformat(),
        "hours": record.hours,
    }
    if record.state == RecordState.DRAFT:
        return _("Kept as a draft: {name}, {day}, {hours} hours.").format(**values)
    return _("Entered: {name}, {day}, {hours} hours. A second person confirms it.").format(**values)


def _create_page(request: HttpRequest, form: NewRecordForm) -> HttpResponse:
    key = form.evidence_key_shown()
    context = {
        "form": form,
        "cancel_url": reverse("hours:sheet-list"),
        "evidence": evidence_pane("entry", key, bundle=key, actor=actor_of(request)),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/hours/record_create.html", context, status=status)


def _form_page(
    request: HttpRequest, form: RecordForm, record: ServiceRecord, template: str
) -> HttpResponse:
    context = {
        "form": form,
        "record": record,
        "cancel_url": reverse("hours:record-detail", args=[record.pk]),
        "corrections": record.corrections.open(),
    }
    return render(request, template, context, status=422 if form.errors else 200)
