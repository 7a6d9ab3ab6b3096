"""The drafts one may go on with, the ways to begin one, and templates."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.refusals import Refusal
from core.workdays.moving import DayMove
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.desk.domain import (
    begin_draft,
    begin_from_template,
    discard_draft,
    keep_template,
    rename_template,
    reopen_sheet,
    repeat_sheet,
    restore_draft,
)
from volunteers.desk.forms import BeginForm
from volunteers.desk.models import Draft
from volunteers.desk.summary.lists import drafts_shown, sheets_to_repeat, templates_shown
from volunteers.hours.models import HoursSheet

__all__ = [
    "create_draft",
    "discard",
    "keep_as_template",
    "list_drafts",
    "rename",
    "reopen",
    "restore",
]


@acts("hours.record")
@require_safe
def list_drafts(request: HttpRequest) -> HttpResponse:
    """Open drafts, the newest change first; recent sheets to repeat; templates."""
    actor = actor_of(request)
    drafts = drafts_shown(actor.scope.committee)
    context: dict[str, Any] = {
        "drafts": drafts,
        "own": [each for each in drafts if each.draft.created_by_id == actor.scope.user],
        "others": [each for each in drafts if each.draft.created_by_id != actor.scope.user],
        "templates": templates_shown(actor.scope.committee),
        "sheets": sheets_to_repeat(actor.scope.committee),
        "shifts": [
            (DayMove.WEEK, _("one week later")),
            (DayMove.MONTH, _("one month later, on the same weekday")),
            (DayMove.NONE, _("without dates")),
        ],
        "actor": actor,
    }
    return render(request, "volunteers/desk/draft_list.html", context)


@acts("hours.record")
@require_POST
def create_draft(request: HttpRequest) -> HttpResponse:
    """Begins a draft, empty or with a sheet's or a template's people, and leads to it."""
    form = BeginForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("That cannot be repeated. Choose a sheet of the list."))
        return redirect("desk:draft-list")
    draft = _begun(form, actor_of(request))
    return redirect("desk:draft-detail", draft.pk)


@acts("hours.record")
@require_POST
def reopen(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Takes up in the grid what of a sheet was sent back, and leads there."""
    sheet = get_object_or_404(HoursSheet, pk=sheet_id)
    try:
        draft = reopen_sheet(sheet, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("hours:sheet-detail", sheet.pk)
    return redirect("desk:draft-detail", draft.pk)


@acts("hours.record")
@require_POST
def discard(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Sets a draft or a template aside and offers to take it up again."""
    draft = _draft(draft_id)
    try:
        discard_draft(draft, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("desk:draft-list")
    undo = reverse("desk:draft-restore", args=[draft.pk])
    messages.success(request, _("Set aside. Nothing of it is lost."), extra_tags=undo)
    return redirect("desk:draft-list")


@acts("hours.record")
@require_POST
def restore(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Takes up again what was set aside."""
    try:
        restore_draft(_draft(draft_id), actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("desk:draft-list")


@acts("hours.record")
@require_POST
def keep_as_template(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Keeps a draft's activity, times and people under a name."""
    draft = _draft(draft_id)
    try:
        template = keep_template(draft, actor=actor_of(request), name=request.POST.get("name", ""))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        said = _("Kept as the template “{name}”.").format(name=template.title)
        messages.success(request, said)
    return redirect("desk:draft-detail", draft.pk)


@acts("hours.record")
@require_POST
def rename(request: HttpRequest, draft_id: UUID) -> HttpResponse:
    """Gives a template another name."""
    try:
        rename_template(
            _draft(draft_id), actor=actor_of(request), name=request.POST.get("name", "")
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("desk:draft-list")


def _begun(form: BeginForm, actor: Actor) -> Draft:
    given = form.cleaned_data
    if given["template"]:
        template = get_object_or_404(Draft.objects.templates(), pk=given["template"])
        return begin_from_template(template, actor=actor)
    if given["sheet"]:
        sheet = get_object_or_404(HoursSheet, pk=given["sheet"])
        return repeat_sheet(sheet, actor=actor, shift=DayMove(given["shift"] or DayMove.NONE))
    return begin_draft(actor=actor)


def _draft(key: UUID) -> Draft:
    return get_object_or_404(Draft, pk=key)
