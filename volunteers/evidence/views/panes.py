"""What the pane asks for: its files as a fragment, a file more, a file less.

With scripts every answer is the fragment of files, or a refusal as JSON; without them the same
addresses lead back to the page.
"""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.evidence.domain import (
    Holder,
    add_evidence_files,
    holder_of,
    remove_evidence,
    restore_evidence,
)
from volunteers.evidence.models import EvidenceFile
from volunteers.evidence.summary import shown_files

__all__ = ["remove", "restore", "show_pane"]


@acts("evidence.view")
@require_http_methods(["GET", "HEAD", "POST"])
def show_pane(request: HttpRequest, kind: str, key: str) -> HttpResponse:
    """The files of a sheet or a draft; POST adds what is sent as ``file``, one or several."""
    actor = actor_of(request)
    holder = holder_of(kind, key, actor=actor)
    if holder is None:
        raise Http404
    if request.method != "POST":
        return _fragment(request, holder.bundle, may_remove=_may_remove(actor, holder))
    actor.must("evidence.add")
    files = request.FILES.getlist("file")
    if not files:
        return _refused(request, Refusal(_("Choose a picture or a PDF."), code="no_file"))
    try:
        add_evidence_files(files, holder=holder, actor=actor)
    except Refusal as refused:
        return _refused(request, refused)
    return _answer(request, holder.bundle, _("Added to the evidence."))


@acts("evidence.add")
@require_POST
def remove(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Takes a file away, and offers to take that back."""
    file = get_object_or_404(EvidenceFile, pk=file_id)
    try:
        removed = remove_evidence(file, actor=actor_of(request))
    except Refusal as refused:
        return _refused(request, refused)
    text = _("“{name}” is removed.").format(name=removed.name)
    undo = reverse("evidence:restore", args=[removed.pk])
    return _answer(request, removed.bundle, text, undo=undo, removed=removed)


@acts("evidence.add")
@require_POST
def restore(request: HttpRequest, file_id: UUID) -> HttpResponse:
    """Brings a removed file back."""
    file = get_object_or_404(EvidenceFile, pk=file_id)
    try:
        restored = restore_evidence(file, actor=actor_of(request))
    except Refusal as refused:
        return _refused(request, refused)
    text = _("“{name}” is back.").format(name=restored.name)
    return _answer(request, restored.bundle, text)


def _may_remove(actor: Actor, holder: Holder) -> bool:
    return actor.may("evidence.add") and holder.removable


def _answer(
    request: HttpRequest, bundle: UUID, text: str, *, undo: str = "", **more: Any
) -> HttpResponse:
    if _from_script(request):
        return _fragment(request, bundle, may_remove=True, **more)
    messages.success(request, text, extra_tags=undo)
    return redirect(_way_back(request))


def _refused(request: HttpRequest, refused: Refusal) -> HttpResponse:
    if _from_script(request):
        error = {"code": refused.code, "detail": str(refused)}
        return JsonResponse({"errors": [error]}, status=409)
    messages.error(request, str(refused))
    return redirect(_way_back(request))


def _fragment(request: HttpRequest, bundle: UUID, **more: Any) -> HttpResponse:
    context = {"files": shown_files(bundle), **more}
    return render(request, "volunteers/evidence/_files.html", context)


def _from_script(request: HttpRequest) -> bool:
    return request.headers.get("X-Requested-With") == "fetch"


def _way_back(request: HttpRequest) -> str:
    target = request.headers.get("Referer", "")
    ours = url_has_allowed_host_and_scheme(target, {request.get_host()}, request.is_secure())
    return target if ours and target else "/"
