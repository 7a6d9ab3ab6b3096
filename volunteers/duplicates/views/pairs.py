"""Probable duplicates: a list of work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.keyset import page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.duplicates.domain import dismiss_pair
from volunteers.duplicates.models import DuplicatePair

__all__ = ["dismiss", "list_pairs"]


@acts("volunteers.merge")
@require_safe
def list_pairs(request: HttpRequest) -> HttpResponse:
    """Those of which one has the right to both entries, newest first."""
    pairs = DuplicatePair.objects.open().prefetch_related(
        "first__committee", "second__committee", "notices__volunteer"
    )
    page = page_of(pairs, request)
    context = {"rows": page.rows, "next_url": page.next_url}
    return render(request, "volunteers/duplicates/pairs.html", context)


@acts("volunteers.merge")
@require_POST
def dismiss(request: HttpRequest, pair_id: int) -> HttpResponse:
    """They are two people."""
    pair = get_object_or_404(DuplicatePair, pk=pair_id)
    try:
        dismiss_pair(pair, actor=actor_of(request), reason=request.POST.get("reason", ""))
        messages.success(request, _("Remembered: they are two people."))
    except Refusal as refused:
        messages.error(request, str(refused))
    return redirect("duplicates:pair-list")
