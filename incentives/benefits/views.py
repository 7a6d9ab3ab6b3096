"""What a volunteer may use, the code for it, and what was used."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.safestring import mark_safe
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from core.typesetting.codes import qr_svg
from core.web.keyset import is_next_page, page_of
from incentives.merchants.models import Branch
from incentives.redemptions.models import Redemption
from incentives.redemptions.summary.codes import STEP_SECONDS, code_text, person_code
from incentives.redemptions.summary.usable import offers_for
from incentives.stars.summary import standing_of
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = ["list_benefits", "list_used", "show_code", "show_next_code"]


@acts("own.benefit")
@require_safe
def list_benefits(request: HttpRequest) -> HttpResponse:
    """Stars, what can be used now, and what is missing for the rest."""
    person = actor_of(request).scope.volunteer or 0
    usable = offers_for(person)
    merchants = {each.offer.merchant_id for each in usable}
    branches: dict[int, list[Branch]] = {}
    for branch in Branch.objects.standing().filter(merchant__in=merchants).order_by("name"):
        branches.setdefault(branch.merchant_id, []).append(branch)
    context = {
        "usable": [(each, branches.get(each.offer.merchant_id, [])) for each in usable],
        "usable_now": sum(each.now for each in usable),
        "standing": standing_of(person),
    }
    return render(request, "incentives/benefits/list.html", context)


@acts("own.benefit")
@never_cache
@require_safe
def show_code(request: HttpRequest) -> HttpResponse:
    """The code of this half minute, which changes by itself."""
    return render(request, "incentives/benefits/code.html", _code(request))


@acts("own.benefit")
@never_cache
@require_safe
def show_next_code(request: HttpRequest) -> HttpResponse:
    """What the page asks for while it is open."""
    return render(request, "incentives/benefits/_code.html", _code(request))


@acts("own.benefit")
@require_safe
def list_used(request: HttpRequest) -> HttpResponse:
    """What was used where and when, newest first."""
    mine = Redemption.objects.filter(volunteer=actor_of(request).scope.volunteer or 0)
    found = mine.select_related("merchant").only(
        "offer_title", "redeemed_at", "reversed_at", "reverse_reason", "merchant__name"
    )
    page = page_of(found, request)
    context = {"rows": page.rows, "next_url": page.next_url}
    name = "incentives/benefits/used.html"
    return render(request, f"{name}#rows" if is_next_page(request) else name, context)


def _code(request: HttpRequest) -> dict[str, Any]:
    code = person_code(actor_of(request).scope.volunteer or 0, at=timezone.now())
    image = mark_safe(qr_svg(code, border=2))  # noqa: S308
    return {"image": image, "text": code_text(code), "seconds": STEP_SECONDS // 2}
