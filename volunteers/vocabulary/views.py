"""The page of the province's words."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import posted, show_refusal
from core.web.keyset import id_from
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.vocabulary.domain import (
    add_term,
    keeps_words,
    place_term,
    rename_term,
    retire_term,
)
from volunteers.vocabulary.forms import NewTermForm
from volunteers.vocabulary.models import KEPT_KINDS, Term, TermKind

__all__ = ["change_term", "list_terms"]


@acts("vocabulary.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def list_terms(request: HttpRequest) -> HttpResponse:
    """All words, kind by kind; the province's office adds one."""
    actor = actor_of(request)
    form = NewTermForm(posted(request))
    if form.is_valid():
        try:
            added = add_term(
                actor=actor,
                kind=TermKind(form.cleaned_data["kind"]),
                name=form.cleaned_data["name"],
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("“{name}” is offered now.").format(name=added.name))
            return redirect("vocabulary:term-list")
    terms = list(Term.objects.in_order())
    context: dict[str, Any] = {
        "form": form,
        "lists": [
            (kind.label, [term for term in terms if term.kind == kind]) for kind in KEPT_KINDS
        ],
        "may_keep": keeps_words(actor),
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/vocabulary/list.html", context, status=status)


@acts("vocabulary.manage")
@require_POST
def change_term(request: HttpRequest, term_id: int) -> HttpResponse:
    """Another name or place, or no longer offered, as the button says."""
    actor, term = actor_of(request), get_object_or_404(Term, pk=term_id)
    try:
        match request.POST.get("change"):
            case "retire":
                retire_term(term, actor=actor, retired=True)
            case "offer":
                retire_term(term, actor=actor, retired=False)
            case _:
                rename_term(term, actor=actor, name=request.POST.get("name", ""))
                position = id_from(request.POST.get("position"))
                place_term(term, actor=actor, position=position or term.position)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Saved."))
    return redirect("vocabulary:term-list")
