"""What the pages of the alliance share."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render

from core.web.forms import RefusedReason
from core.web.refusals import Refusal
from incentives.merchants.models import Merchant
from incentives.offers.models import Offer
from incentives.redemptions.models import Redemption, Till
from organizations.accounts.scopes import actor_of
from organizations.cashiers.models import Cashier

__all__ = [
    "UNPROCESSABLE",
    "done",
    "form_page",
    "merchant_in_reach",
    "merchant_page",
    "offer_in_reach",
    "to_merchant",
]

UNPROCESSABLE = 422
_LATEST = 20


def merchant_in_reach(request: HttpRequest, merchant_id: int) -> Merchant:
    """Of the own committee or below; 404 for others."""
    own = Merchant.objects.below(actor_of(request).scope.committee)
    return get_object_or_404(own.select_related("committee"), pk=merchant_id)


def offer_in_reach(request: HttpRequest, offer_id: int) -> Offer:
    """Of the own committee or below, with its merchant; 404 for others."""
    own = Offer.objects.below(actor_of(request).scope.committee)
    found = own.select_related("merchant", "committee", "counted")
    return get_object_or_404(found, pk=offer_id)


def done(request: HttpRequest, deed: Callable[[], Any], said: str) -> None:
    """Does it and says so, or why not."""
    try:
        deed()
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)


def form_page(request: HttpRequest, form: Any, **context: Any) -> HttpResponse:
    """A form on a page of its own."""
    status = UNPROCESSABLE if form.errors else None
    name = "incentives/alliance/form.html"
    return render(request, name, {"form": form, **context}, status=status)


def merchant_page(
    request: HttpRequest,
    merchant: Merchant,
    *,
    refused: RefusedReason | None = None,
    secret: dict[str, str] | None = None,
) -> HttpResponse:
    """The merchant with branches, offers, counters and the latest redemptions.

    ``secret``: a link or token that is shown this once, as title, text and value.
    """
    actor = actor_of(request)
    context = {
        "merchant": merchant,
        "branches": merchant.branches.standing().order_by("name"),
        "offers": merchant.offers.order_by("-pk")[:_LATEST],
        "cashiers": Cashier.objects.filter(merchant_id=merchant.pk).order_by("-pk")[:_LATEST],
        "tills": Till.objects.filter(merchant=merchant).order_by("-pk")[:_LATEST],
        "redemptions": Redemption.objects.of_merchant(merchant.pk).order_by("-pk")[:_LATEST],
        "may_manage": actor.may("merchants.manage"),
        "may_write": actor.may("offers.write"),
        "refused": refused,
        "secret": secret,
    }
    status = UNPROCESSABLE if refused else None
    return render(request, "incentives/alliance/merchant.html", context, status=status)


def to_merchant(merchant_id: int) -> HttpResponse:
    """Back to the merchant's page."""
    return redirect("alliance:merchant-detail", merchant_id)
