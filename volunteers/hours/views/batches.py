"""What is done with the rows ticked in a list."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from core.web.figures import hours_text
from core.web.keyset import id_from
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.hours.domain import (
    BatchResult,
    confirm_hours,
    submit_hours,
    void_hours,
    withdraw_confirmation,
)
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.hours.views.answers import answer_batch, moment_of, way_back, withdrawal_url

__all__ = [
    "confirm_selected",
    "confirmed_sentence",
    "submit_selected",
    "submitted_sentence",
    "void_selected",
    "withdraw_last_confirmation",
]


@acts("hours.confirm")
@require_POST
def confirm_selected(request: HttpRequest) -> HttpResponse:
    """Confirms the ticked records; offers to undo for ten seconds."""
    actor = actor_of(request)
    return answer_batch(
        request,
        lambda: confirm_hours(_selected(request), actor=actor),
        confirmed_sentence,
        back=way_back(request, reverse("hours:sheet-list")),
        undo=withdrawal_url,
    )


@acts("hours.record")
@require_POST
def submit_selected(request: HttpRequest) -> HttpResponse:
    """Hands the ticked drafts to a second person."""
    actor = actor_of(request)
    return answer_batch(
        request,
        lambda: submit_hours(_selected(request), actor=actor),
        submitted_sentence,
        back=way_back(request, reverse("hours:record-list")),
    )


@acts("hours.void")
@require_POST
def void_selected(request: HttpRequest) -> HttpResponse:
    """Takes the ticked records out of the count, with one reason for all."""
    actor = actor_of(request)
    reason = request.POST.get("reason", "")
    return answer_batch(
        request,
        lambda: void_hours(_selected(request), actor=actor, reason=reason),
        _voided_sentence,
        back=way_back(request, reverse("hours:record-list")),
    )


@acts("hours.confirm")
@require_POST
def withdraw_last_confirmation(
    request: HttpRequest, moment: int, first: int, last: int
) -> HttpResponse:
    """Puts back exactly what the actor confirmed at that moment."""
    confirmed_at = moment_of(moment)
    if confirmed_at is None:
        raise Http404
    actor = actor_of(request)
    records = ServiceRecord.objects.filter(
        pk__gte=first, pk__lte=last, confirmed_at=confirmed_at, confirmed_by=actor.user
    )
    reason = request.POST.get("reason") or _("Taken back right after confirming")
    return answer_batch(
        request,
        lambda: withdraw_confirmation(records, actor=actor, reason=reason),
        _withdrawn_sentence,
        back=way_back(request, reverse("hours:sheet-list")),
    )


def confirmed_sentence(result: BatchResult) -> str:
    """What was confirmed, in figures."""
    text = ngettext(
        "{n} record confirmed: {hours} hours of {people} people.",
        "{n} records confirmed: {hours} hours of {people} people.",
        result.count,
    )
    return _in_figures(text, result)


def submitted_sentence(result: BatchResult) -> str:
    """What was submitted, in figures."""
    text = ngettext(
        "{n} record submitted; a second person confirms it.",
        "{n} records submitted; a second person confirms them.",
        result.count,
    )
    return _in_figures(text, result)


def _voided_sentence(result: BatchResult) -> str:
    text = ngettext(
        "{n} record is void: {hours} hours of {people} people.",
        "{n} records are void: {hours} hours of {people} people.",
        result.count,
    )
    return _in_figures(text, result)


def _withdrawn_sentence(result: BatchResult) -> str:
    text = ngettext(
        "The confirmation is taken back; {n} record awaits confirmation again.",
        "The confirmation is taken back; {n} records await confirmation again.",
        result.count,
    )
    return _in_figures(text, result)


def _in_figures(text: str, result: BatchResult) -> str:
    return text.format(
        n=f"{result.count:,}", hours=hours_text(result.minutes), people=f"{result.people:,}"
    )


def _selected(request: HttpRequest) -> ServiceRecordQuerySet:
    ids = [pk for text in request.POST.getlist("selected") if (pk := id_from(text)) is not None]
    return ServiceRecord.objects.with_ids(ids)
