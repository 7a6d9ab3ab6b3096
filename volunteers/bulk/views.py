"""Pages of changes of many: choose, look, do, take back."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.addresses import options_of
from core.web.forms import show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of, committee_in_reach
from volunteers.bulk.domain import (
    Choice,
    Preview,
    Wanted,
    before_and_after,
    left_out,
    order_bulk,
    order_undo,
    preview_bulk,
    wanted_given,
)
from volunteers.bulk.forms import ChosenForm, WhatForm
from volunteers.bulk.models import UNDO_DAYS, BulkChange, BulkKind, Outcome
from volunteers.bulk.summary import counted_rows, shown_rows
from volunteers.registry.summary import filters_in_words

__all__ = ["create_bulk", "list_bulk", "show_bulk", "undo"]

_FIRST_ROWS = 20


@acts("volunteers.bulk.view")
@require_safe
def list_bulk(request: HttpRequest) -> HttpResponse:
    """What was changed of many at once, in the committee and below, newest first."""
    page = page_of(BulkChange.objects.titled(), request)
    context = {
        "rows": page.rows,
        "rows_template": "volunteers/bulk/_changes.html",
        "next_url": page.next_url,
        "columns": [
            {"label": _("What")},
            {"label": _("Committee")},
            {"label": _("People chosen"), "numeric": True},
            {"label": _("Reason")},
            {"label": _("By")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("Nothing has been changed of many at once"),
            "text": _("Narrow the list of volunteers or tick rows, then choose “Change many”."),
            "actions": [{"label": _("Volunteers"), "url": reverse("registry:volunteer-list")}],
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/bulk/list.html"
    return render(request, name, context)


@acts("volunteers.bulk")
@require_http_methods(["GET", "HEAD", "POST"])
def create_bulk(request: HttpRequest) -> HttpResponse:
    """Asks what is to be done, shows to whom and who is left out, and leaves it to a job."""
    actor = actor_of(request)
    chosen = ChosenForm(request.POST if request.method == "POST" else request.GET)
    committee = committee_in_reach(chosen.value("committee"), actor=actor)
    choice = chosen.choice(committee.path)
    context: dict[str, Any] = {
        "committee": committee,
        "ticked": len(choice.numbers),
        "narrowed_by": "" if choice.numbers else filters_in_words(choice.asked),
        "carried": list(chosen.carried()),
        "kinds": BulkKind.choices,
        "back_url": _list_url(chosen),
        "undo_days": UNDO_DAYS,
    }
    if not chosen.value("kind"):
        return render(request, "volunteers/bulk/choose.html", context)
    kind = BulkKind(chosen.value("kind"))
    step = request.POST.get("step", "")
    form = WhatForm(request.POST if step else None, kind=kind, actor=actor)
    if form.is_valid():
        try:
            wanted = wanted_given(actor=actor, kind=kind, **form.wanted())
            if step == "do":
                return _ordered(choice, wanted, form, actor)
            context |= _preview(preview_bulk(choice, wanted, actor=actor), wanted)
        except Refusal as refused:
            show_refusal(form, refused)
    context |= {"kind": kind, "form": form}
    status = 422 if form.errors else 200
    return render(request, "volunteers/bulk/create.html", context, status=status)


@acts("volunteers.bulk.view")
@require_safe
def show_bulk(request: HttpRequest, change_id: int) -> HttpResponse:
    """One change: how far it is, who was changed, who was left out and why."""
    actor = actor_of(request)
    change = get_object_or_404(BulkChange.objects.titled(), pk=change_id)
    outcome = request.GET.get("outcome", "")
    rows = change.rows.in_outcome(outcome) if outcome in Outcome.values else change.rows.all()
    page = page_of(rows, request)
    context: dict[str, Any] = {
        "change": change,
        "rows": shown_rows(page.rows),
        "rows_template": "volunteers/bulk/_rows.html",
        "next_url": page.next_url,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "counted": counted_rows(change.rows.counted()),
        "columns": [
            {"label": _("Name")},
            {"label": _("Portal number")},
            {"label": _("Township")},
            {"label": _("Outcome")},
            {"label": _("Why")},
        ],
        "filters": [
            {
                "label": _("Outcome"),
                "options": options_of(request, "outcome", Outcome.choices, chosen=outcome),
            }
        ],
        "may_undo": actor.may("volunteers.bulk") and change.may_be_undone,
        "job_id": change.job_id if change.user_id == actor.scope.user else None,
    }
    return render(request, "volunteers/bulk/detail.html", context)


@acts("volunteers.bulk")
@require_POST
def undo(request: HttpRequest, change_id: int) -> HttpResponse:
    """Leaves putting everything back to a job."""
    change = get_object_or_404(BulkChange, pk=change_id)
    try:
        job = order_undo(change, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("bulk:bulk-detail", change.pk)
    return redirect("jobs:job-detail", job.pk)


def _ordered(choice: Choice, wanted: Wanted, form: WhatForm, actor: Actor) -> HttpResponse:
    given = form.cleaned_data
    change = order_bulk(choice, wanted, digest=given["digest"], nonce=given["nonce"], actor=actor)
    return redirect("jobs:job-detail", change.job_id)


def _preview(preview: Preview, wanted: Wanted) -> dict[str, Any]:
    changing = preview.changing
    first = [each.person for each in changing[:_FIRST_ROWS]]
    return {
        "preview": preview,
        "number": len(changing),
        "first": [
            (person, *both)
            for person, both in zip(first, before_and_after(first, wanted), strict=True)
        ],
        "further": len(changing) - len(first),
        "left": left_out(preview),
        "left_number": len(preview.verdicts) - len(changing) + preview.outside,
        "elsewhere": bool(preview.left.get("elsewhere")),
    }


def _list_url(chosen: ChosenForm) -> str:
    """Back to the list as it was narrowed."""
    query = {name: value for name, value in chosen.carried() if name != "selected"}
    address = reverse("registry:volunteer-list")
    return f"{address}?{urlencode(query)}" if query else address
