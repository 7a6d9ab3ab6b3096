"""Who and what redeems for a merchant: cashiers, tills; and disputes about a redemption."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from core.web.forms import RefusedReason
from core.web.refusals import Refusal
from incentives.alliance.views.common import (
    done,
    merchant_in_reach,
    merchant_page,
    to_merchant,
)
from incentives.cashiers import domain as cashiers
from incentives.redemptions import domain as redemptions
from incentives.redemptions.models import Redemption, Till
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.cashiers.models import Cashier
from organizations.committees.queries import at_or_below

__all__ = ["end_cashier", "invite", "issue_till", "reverse_redemption", "revoke_till"]


@acts("merchants.manage")
@never_cache
@require_POST
def invite(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """Makes a link for one person at the counter, shown this once."""
    merchant = merchant_in_reach(request, merchant_id)
    name = request.POST.get("reason", "")
    try:
        cashier, token = cashiers.invite_cashier(merchant, actor=actor_of(request), name=name)
    except Refusal as refused:
        return merchant_page(
            request, merchant, refused=RefusedReason("cashier", name, str(refused))
        )
    secret = {
        "title": _("Link for {name}").format(name=cashier.name),
        "text": _("It opens one account for this counter, once, within seven days."),
        "value": request.build_absolute_uri(reverse("cashiers:counter-accept", args=[token])),
    }
    return merchant_page(request, merchant, secret=secret)


@acts("merchants.manage")
@require_POST
def end_cashier(request: HttpRequest, cashier_id: int) -> HttpResponse:
    """Takes the link or the account's access back."""
    own = Cashier.objects.filter(at_or_below(actor_of(request).scope.committee))
    cashier = get_object_or_404(own, pk=cashier_id)
    done(
        request,
        lambda: cashiers.end_cashier(cashier, actor=actor_of(request)),
        _("Ended: this person redeems nothing any more."),
    )
    return to_merchant(cashier.merchant_id)


@acts("merchants.manage")
@never_cache
@require_POST
def issue_till(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """A token for a till or a program of the merchant's, shown this once."""
    merchant = merchant_in_reach(request, merchant_id)
    name = request.POST.get("reason", "")
    try:
        till, token = redemptions.issue_till(merchant, actor=actor_of(request), name=name)
    except Refusal as refused:
        return merchant_page(request, merchant, refused=RefusedReason("till", name, str(refused)))
    secret = {
        "title": _("The token of {name}").format(name=till.name),
        "text": _("Whoever has it redeems for this merchant, until you revoke it."),
        "value": token,
    }
    return merchant_page(request, merchant, secret=secret)


@acts("merchants.manage")
@require_POST
def revoke_till(request: HttpRequest, till_id: int) -> HttpResponse:
    """Its token redeems nothing any more."""
    own = Till.objects.filter(at_or_below(actor_of(request).scope.committee))
    till = get_object_or_404(own, pk=till_id)
    redemptions.revoke_till(till, actor=actor_of(request))
    messages.success(request, _("Revoked: this till redeems nothing any more."))
    return to_merchant(till.merchant_id)


@acts("merchants.manage")
@require_POST
def reverse_redemption(request: HttpRequest, redemption_id: int) -> HttpResponse:
    """Settles a dispute: it is as if the offer had not been used."""
    own = Redemption.objects.filter(at_or_below(actor_of(request).scope.committee))
    redemption = get_object_or_404(own, pk=redemption_id)
    reason = request.POST.get("reason", "")
    try:
        redemptions.reverse_redemption(redemption, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        merchant = merchant_in_reach(request, redemption.merchant_id)
        told = RefusedReason(redemption.pk, reason, str(refused))
        return merchant_page(request, merchant, refused=told)
    messages.success(request, _("Reversed: the volunteer may use the offer again."))
    return to_merchant(redemption.merchant_id)
