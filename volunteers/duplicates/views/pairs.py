"""Probable duplicates: a list of work."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.forms import RefusedReason
from core.web.keyset import page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.duplicates.domain import dismiss_pair
from volunteers.duplicates.models import DuplicatePair

__all__ = ["dismiss", "list_pairs"]

_UNPROCESSABLE = 422


@acts("volunteers.merge")
@require_safe
def list_pairs(request: HttpRequest) -> HttpResponse:
    """Those of which one has the right to both entries, newest first."""
    return _pairs_page(request)


@acts("volunteers.merge")
@require_POST
def dismiss(request: HttpRequest, pair_id: int) -> HttpResponse:
    """They are two people; a reason that is not taken is shown where it was typed."""
    pair = get_object_or_404(DuplicatePair, pk=pair_id)
    reason = request.POST.get("reason", "")
    try:
        dismiss_pair(pair, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        if refused.field == "reason":
            return _pairs_page(request, RefusedReason(pair.pk, reason, str(refused)))
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Remembered: they are two people."))
    return redirect("duplicates:pair-list")


def _pairs_page(request: HttpRequest, refused: RefusedReason | None = None) -> HttpResponse:
    """The newest pairs; with a refused reason the one that it is about alone."""
    pairs = DuplicatePair.objects.open().prefetch_related(
        "first__committee", "second__committee", "notices__volunteer"
    )
    page = page_of(pairs.filter(pk=refused.about) if refused else pairs, request)
    context = {"rows": page.rows, "next_url": page.next_url, "refused": refused}
    status = _UNPROCESSABLE if refused else None
    return render(request, "volunteers/duplicates/pairs.html", context, status=status)
