"""Offers for the office: written by the desk, reviewed by the heads."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from incentives.alliance.forms import OfferForm
from incentives.alliance.views.common import (
    UNPROCESSABLE,
    done,
    form_page,
    merchant_in_reach,
    offer_in_reach,
)
from incentives.offers import domain
from incentives.offers.models import Offer
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = [
    "create_offer",
    "edit_offer",
    "list_offers",
    "publish_offer",
    "return_offer",
    "show_offer",
    "submit_offer",
    "withdraw_offer",
]


@acts("merchants.view")
@require_safe
def list_offers(request: HttpRequest) -> HttpResponse:
    """What awaits review, or with ``all`` everything, newest first."""
    everything = "all" in request.GET
    found = Offer.objects.below(actor_of(request).scope.committee)
    if not everything:
        found = found.awaiting_review()
    page = page_of(found.select_related("merchant", "committee"), request)
    context = {
        "rows": page.rows,
        "rows_template": "incentives/alliance/_offer_rows.html",
        "next_url": page.next_url,
        "everything": everything,
        "columns": [
            {"label": _("Offer")},
            {"label": _("Merchant")},
            {"label": _("Committee")},
            {"label": _("Until")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No offer waits for a review."),
            "text": _("Offers are written on the page of their merchant."),
        },
    }
    page_name = "incentives/alliance/offers.html"
    return render(
        request, "components/list.html#page" if is_next_page(request) else page_name, context
    )


@acts("merchants.view")
@require_safe
def show_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """What is granted, to whom, how often it was used, and what can be done with it."""
    return _offer_page(request, offer_in_reach(request, offer_id))


@acts("offers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def create_offer(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """A draft of an offer of that merchant."""
    merchant = merchant_in_reach(request, merchant_id)
    form = OfferForm(posted(request), initial={"ends_on": merchant.agreed_until})
    if form.is_valid():
        try:
            offer = domain.write_offer(merchant, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            return redirect("alliance:offer-detail", offer.pk)
    return form_page(
        request,
        form,
        title=_("Write an offer"),
        submit_label=_("Save the draft"),
        back_url=reverse("alliance:merchant-detail", args=[merchant.pk]),
        back_label=merchant.name,
    )


@acts("offers.write")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Writes a draft anew."""
    offer = offer_in_reach(request, offer_id)
    names = [name for name in OfferForm.base_fields if name != "min_hours"]
    initial = {name: getattr(offer, name) for name in names}
    form = OfferForm(posted(request), initial=initial | {"min_hours": offer.min_minutes / 60})
    if form.is_valid():
        try:
            domain.edit_offer(offer, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("alliance:offer-detail", offer.pk)
    return form_page(
        request,
        form,
        title=_("Change the draft"),
        submit_label=_("Save the draft"),
        back_url=reverse("alliance:offer-detail", args=[offer.pk]),
        back_label=offer.title,
    )


@acts("offers.write")
@require_POST
def submit_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Hands a draft in."""
    offer = offer_in_reach(request, offer_id)
    done(
        request,
        lambda: domain.submit_offer(offer, actor=actor_of(request)),
        _("Handed in for review."),
    )
    return redirect("alliance:offer-detail", offer.pk)


@acts("offers.review")
@require_POST
def publish_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Volunteers see it from now on."""
    offer = offer_in_reach(request, offer_id)
    done(
        request,
        lambda: domain.publish_offer(offer, actor=actor_of(request)),
        _("Published: volunteers see it now."),
    )
    return redirect("alliance:offer-detail", offer.pk)


@acts("offers.review")
@require_POST
def return_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Back to who wrote it."""
    offer = offer_in_reach(request, offer_id)
    reason = request.POST.get("reason", "")
    try:
        domain.return_offer(offer, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        return _offer_page(request, offer, RefusedReason("return", reason, str(refused)))
    messages.success(request, _("Sent back with the reason."))
    return redirect("alliance:offer-detail", offer.pk)


@acts("offers.review")
@require_POST
def withdraw_offer(request: HttpRequest, offer_id: int) -> HttpResponse:
    """Not granted any more, for good."""
    offer = offer_in_reach(request, offer_id)
    reason = request.POST.get("reason", "")
    try:
        domain.withdraw_offer(offer, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        return _offer_page(request, offer, RefusedReason("withdraw", reason, str(refused)))
    messages.success(request, _("Withdrawn: it is not granted any more."))
    return redirect("alliance:offer-detail", offer.pk)


def _offer_page(
    request: HttpRequest, offer: Offer, refused: RefusedReason | None = None
) -> HttpResponse:
    actor = actor_of(request)
    context = {
        "offer": offer,
        "used": offer.redemptions.standing().count(),
        "may_write": actor.may("offers.write"),
        "may_review": actor.may("offers.review"),
        "refused": refused,
    }
    status = UNPROCESSABLE if refused else None
    return render(request, "incentives/alliance/offer.html", context, status=status)
