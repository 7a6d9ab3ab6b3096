"""Numbers registered elsewhere: asking, and answering who asks."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import show_refusal
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.duplicates.domain import answer_clash, ask_about_number, take_back_clash
from volunteers.duplicates.forms import ClashForm, OutcomeForm
from volunteers.duplicates.models import ClashNotice, ClashOutcome, ClashRequest
from volunteers.registry.domain import AlreadyRegistered

__all__ = ["answer", "answer_own", "ask", "list_clashes", "show_own", "take_back"]

_SHOWN = 50


@acts("volunteers.transfers.view")
@require_safe
def list_clashes(request: HttpRequest) -> HttpResponse:
    """What others ask about one's own volunteers, and what was asked from here."""
    notices = ClashNotice.objects.waiting().select_related("volunteer").order_by("pk")
    actor = actor_of(request)
    context = {
        "notices": notices[:_SHOWN],
        "asked": ClashRequest.objects.select_related("committee").order_by("-pk")[:_SHOWN],
        "may_answer": actor.may("volunteers.transfer"),
        "may_ask": actor.may("volunteers.register"),
    }
    return render(request, "volunteers/duplicates/clashes.html", context)


@acts("volunteers.register")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Asks whoever has the number; what was typed into the form of registering comes along."""
    actor = actor_of(request)
    if "reason" in request.POST:
        form = ClashForm(request.POST, actor=actor)
    else:
        form = ClashForm(actor=actor, initial=_typed(request))
    known = None
    if form.is_valid():
        try:
            ask_about_number(actor=actor, **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
            known = refused.volunteer if isinstance(refused, AlreadyRegistered) else None
        else:
            said = _("Asked. Whoever has registered the number, and the person, can answer.")
            messages.success(request, said)
            may_see = actor.may("volunteers.transfers.view")
            return redirect("duplicates:clash-list" if may_see else "registry:volunteer-list")
    context = {"form": form, "known": known}
    status = 422 if form.errors else 200
    return render(request, "volunteers/duplicates/ask.html", context, status=status)


@acts("volunteers.transfer")
@require_POST
def answer(request: HttpRequest, notice_id: int) -> HttpResponse:
    """Transfer, visitor or mistake, as the button says."""
    _answered(request, get_object_or_404(ClashNotice, pk=notice_id), actor_of(request))
    return redirect("duplicates:clash-list")


@acts("volunteers.transfer")
@require_POST
def take_back(request: HttpRequest, request_id: int) -> HttpResponse:
    """What was asked from here is not needed any more."""
    try:
        take_back_clash(get_object_or_404(ClashRequest, pk=request_id), actor=actor_of(request))
        messages.success(request, _("Taken back."))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("duplicates:clash-list")


@acts("own.transfer")
@require_safe
def show_own(request: HttpRequest) -> HttpResponse:
    """Who has asked about the person's own number, and why."""
    mine = ClashNotice.objects.of_person(actor_of(request).scope.volunteer or 0)
    context = {"notices": mine.order_by("-pk")[:_SHOWN]}
    return render(request, "volunteers/duplicates/own.html", context)


@acts("own.transfer")
@require_POST
def answer_own(request: HttpRequest, notice_id: int) -> HttpResponse:
    """The person wants the transfer, or was not there."""
    actor = actor_of(request)
    mine = ClashNotice.objects.of_person(actor.scope.volunteer or 0)
    _answered(request, get_object_or_404(mine, pk=notice_id), actor)
    return redirect("duplicates:own-clashes")


def _answered(request: HttpRequest, notice: ClashNotice, actor: Actor) -> None:
    form = OutcomeForm(request.POST)
    if not form.is_valid():
        messages.error(request, _("Choose one of the answers; a note has 200 characters at most."))
        return
    address_of = request.build_absolute_uri
    outcome, note = ClashOutcome(form.cleaned_data["outcome"]), form.cleaned_data["note"]
    try:
        answer_clash(notice, actor=actor, outcome=outcome, note=note, address_of=address_of)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Answered. Who asked reads it."))


def _typed(request: HttpRequest) -> dict[str, str]:
    return {
        name: request.POST[name][:80].replace("\0", "")
        for name in ("name", "number", "committee")
        if name in request.POST
    }
