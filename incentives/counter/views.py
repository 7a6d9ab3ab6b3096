"""A merchant's counter, on a telephone: a code is looked at, then redeemed with one tap."""

from __future__ import annotations

from datetime import timedelta

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from incentives.counter.forms import CounterForm
from incentives.offers.models import Offer
from incentives.redemptions import domain
from incentives.redemptions.models import Redemption
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = ["home", "list_redemptions", "redeem", "reverse_redemption"]

_UNPROCESSABLE = 422
_LATEST = 5


@acts("counter.redeem")
@require_http_methods(["GET", "HEAD", "POST"])
def home(request: HttpRequest) -> HttpResponse:
    """Takes a code and says whether it is valid, for which offer and with how many stars."""
    form = CounterForm(posted(request), offers=_offers(request))
    if form.is_valid():
        try:
            said = domain.would_redeem(actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            context = {"said": said, "asked": form.cleaned_data}
            return render(request, "incentives/counter/confirm.html", context)
    return _counter(request, form)


@acts("counter.redeem")
@require_POST
def redeem(request: HttpRequest) -> HttpResponse:
    """Redeems once, however often it is sent."""
    form = CounterForm(request.POST, offers=_offers(request))
    if form.is_valid():
        try:
            said = domain.redeem_here(actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            at = timezone.localtime(said.at).strftime("%H:%M")
            text = _("Redeemed at {at}: {title}.").format(at=at, title=said.title)
            messages.success(request, text)
            return redirect("counter:home")
    return _counter(request, form)


@acts("counter.redeem")
@require_safe
def list_redemptions(request: HttpRequest) -> HttpResponse:
    """What was redeemed at this merchant, newest first."""
    return _list(request)


@acts("counter.redeem")
@require_POST
def reverse_redemption(request: HttpRequest, redemption_id: int) -> HttpResponse:
    """Takes a redemption of the last day back, with a reason."""
    here = Redemption.objects.of_merchant(actor_of(request).scope.merchant or 0)
    redemption = get_object_or_404(here, pk=redemption_id)
    reason = request.POST.get("reason", "")
    try:
        domain.reverse_redemption(redemption, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        return _list(request, RefusedReason(redemption.pk, reason, str(refused)))
    messages.success(request, _("Reversed: the volunteer may use the offer again."))
    return redirect("counter:redemption-list")


def _offers(request: HttpRequest) -> list[Offer]:
    merchant = actor_of(request).scope.merchant or 0
    granted = Offer.objects.filter(merchant=merchant).granted_on(timezone.localdate())
    return list(granted.order_by("pk"))


def _counter(request: HttpRequest, form: CounterForm) -> HttpResponse:
    here = Redemption.objects.of_merchant(actor_of(request).scope.merchant or 0)
    context = {
        "form": form,
        "offers": form.offers,
        "latest": here.order_by("-pk")[:_LATEST],
    }
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "incentives/counter/home.html", context, status=status)


def _list(request: HttpRequest, refused: RefusedReason | None = None) -> HttpResponse:
    here = Redemption.objects.of_merchant(actor_of(request).scope.merchant or 0)
    page = page_of(here, request)
    context = {
        "rows": page.rows,
        "next_url": page.next_url,
        "day_ago": timezone.now() - timedelta(days=1),
        "refused": refused,
    }
    name = "incentives/counter/list.html"
    if is_next_page(request):
        name += "#rows"
    return render(request, name, context, status=_UNPROCESSABLE if refused else None)
