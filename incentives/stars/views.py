"""Stars that wait for a decision."""

from __future__ import annotations

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.tenancy.keys import tier_of
from core.web.forms import RefusedReason
from core.web.keyset import id_from, is_next_page, page_of
from core.web.refusals import Refusal
from incentives.stars.domain import approve_stars, decide_star
from incentives.stars.models import StarAward
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = ["approve", "decide", "list_awards"]

_UNPROCESSABLE = 422


@acts("stars.view")
@require_safe
def list_awards(request: HttpRequest) -> HttpResponse:
    """Rungs that are reached, and granted ones that the hours no longer cover."""
    actor = actor_of(request)
    own = StarAward.objects.below(actor.scope.committee)
    everything = "all" in request.GET
    tier = tier_of(actor.scope.committee)
    found = own if everything else own.decided_at_tier(tier)
    page = page_of(found.select_related("volunteer", "committee"), request)
    decides = actor.may("stars.decide")
    context = {
        "rows": [(each, decides and tier <= each.approval_tier) for each in page.rows],
        "rows_template": "incentives/stars/_rows.html",
        "next_url": page.next_url,
        "everything": everything,
        "selectable": decides,
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Committee")},
            {"label": _("Stars"), "numeric": True},
            {"label": _("Counted"), "numeric": True, "unit": _("hours")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No star waits for your decision."),
            "text": _("They are counted from confirmed hours and appear here by themselves."),
        },
        "actions": [
            {
                "label": _("Grant {n} stars"),
                "url": reverse("stars:award-approve"),
                "primary": True,
            }
        ],
    }
    name = "components/list.html#page" if is_next_page(request) else "incentives/stars/list.html"
    return render(request, name, context)


@acts("stars.decide")
@require_POST
def approve(request: HttpRequest) -> HttpResponse:
    """Grants those that are ticked."""
    chosen = [id_from(each) or 0 for each in request.POST.getlist("selected")]
    granted = approve_stars(chosen, actor=actor_of(request))
    said = ngettext("{n} star granted.", "{n} stars granted.", granted).format(n=granted)
    messages.success(request, said)
    return redirect("stars:award-list")


@acts("stars.decide")
@require_http_methods(["GET", "HEAD", "POST"])
def decide(request: HttpRequest, award_id: int) -> HttpResponse:
    """One rung with its figures: grant or refuse, keep or withdraw."""
    actor = actor_of(request)
    own = StarAward.objects.below(actor.scope.committee)
    award = get_object_or_404(own.select_related("volunteer", "committee"), pk=award_id)
    if tier_of(actor.scope.committee) > award.approval_tier:
        raise PermissionDenied(_("This star is decided by a committee above yours."))
    refused = None
    if request.method == "POST":
        reason, holds = request.POST.get("reason", ""), request.POST.get("holds") == "yes"
        try:
            decide_star(award, actor=actor, holds=holds, reason=reason)
        except Refusal as error:
            refused = RefusedReason("yes" if holds else "no", reason, str(error))
        else:
            messages.success(request, _("Decided."))
            return redirect("stars:award-list")
    context = {"award": award, "refused": refused}
    status = _UNPROCESSABLE if refused else None
    return render(request, "incentives/stars/decide.html", context, status=status)
