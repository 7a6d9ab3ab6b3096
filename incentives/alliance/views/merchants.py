"""Merchants for the office: the list, one of them, and their branches."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from incentives.alliance.forms import BranchForm, MerchantForm
from incentives.alliance.views.common import (
    done,
    form_page,
    merchant_in_reach,
    merchant_page,
    to_merchant,
)
from incentives.merchants import domain
from incentives.merchants.models import Branch, Merchant
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of

__all__ = [
    "close_branch",
    "create_branch",
    "create_merchant",
    "edit_merchant",
    "list_merchants",
    "resume",
    "show_merchant",
    "suspend",
]


@acts("merchants.view")
@require_safe
def list_merchants(request: HttpRequest) -> HttpResponse:
    """Of the own committee and those below it, newest first."""
    actor = actor_of(request)
    found = Merchant.objects.below(actor.scope.committee).select_related("committee")
    page = page_of(found, request)
    context = {
        "rows": page.rows,
        "rows_template": "incentives/alliance/_merchant_rows.html",
        "next_url": page.next_url,
        "may_manage": actor.may("merchants.manage"),
        "columns": [
            {"label": _("Merchant")},
            {"label": _("Category")},
            {"label": _("Committee")},
            {"label": _("Agreement until")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No merchant here yet."),
            "text": _("Enter who has signed an agreement, then write the first offer."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "incentives/alliance/list.html"
    return render(request, name, context)


@acts("merchants.view")
@require_safe
def show_merchant(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """All that is the merchant's, on one page."""
    return merchant_page(request, merchant_in_reach(request, merchant_id))


@acts("merchants.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create_merchant(request: HttpRequest) -> HttpResponse:
    """Takes a merchant into the alliance of the own committee."""
    form = MerchantForm(posted(request))
    if form.is_valid():
        try:
            merchant = domain.take_in_merchant(form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Taken in. Now write what the merchant grants."))
            return to_merchant(merchant.pk)
    return form_page(
        request,
        form,
        title=_("Take a merchant in"),
        submit_label=_("Take the merchant in"),
        back_url=reverse("alliance:merchant-list"),
        back_label=_("Merchants"),
    )


@acts("merchants.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_merchant(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """Describes it anew, or renews its agreement."""
    merchant = merchant_in_reach(request, merchant_id)
    initial = {name: getattr(merchant, name) for name in MerchantForm.base_fields}
    form = MerchantForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            domain.edit_merchant(merchant, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return to_merchant(merchant.pk)
    return form_page(
        request,
        form,
        title=_("Change the merchant or renew the agreement"),
        submit_label=_("Save the merchant"),
        back_url=reverse("alliance:merchant-detail", args=[merchant.pk]),
        back_label=merchant.name,
    )


@acts("merchants.manage")
@require_POST
def suspend(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """Nothing is granted there from now on."""
    merchant = merchant_in_reach(request, merchant_id)
    reason = request.POST.get("reason", "")
    try:
        domain.suspend_merchant(merchant, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        told = RefusedReason("suspend", reason, str(refused))
        return merchant_page(request, merchant, refused=told)
    messages.success(request, _("Suspended: none of its offers is granted until you resume it."))
    return to_merchant(merchant.pk)


@acts("merchants.manage")
@require_POST
def resume(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """Its offers are granted again."""
    merchant = merchant_in_reach(request, merchant_id)
    done(
        request,
        lambda: domain.resume_merchant(merchant, actor=actor_of(request)),
        _("Its offers are granted again."),
    )
    return to_merchant(merchant.pk)


@acts("merchants.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create_branch(request: HttpRequest, merchant_id: int) -> HttpResponse:
    """A place where the offers are granted."""
    merchant = merchant_in_reach(request, merchant_id)
    form = BranchForm(posted(request))
    if form.is_valid():
        try:
            domain.add_branch(merchant, form.facts, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return to_merchant(merchant.pk)
    return form_page(
        request,
        form,
        title=_("Enter a branch"),
        submit_label=_("Enter the branch"),
        back_url=reverse("alliance:merchant-detail", args=[merchant.pk]),
        back_label=merchant.name,
    )


@acts("merchants.manage")
@require_POST
def close_branch(request: HttpRequest, branch_id: int) -> HttpResponse:
    """Shown to nobody any more."""
    own = Branch.objects.filter(
        merchant__in=Merchant.objects.below(actor_of(request).scope.committee)
    )
    branch = get_object_or_404(own, pk=branch_id)
    done(
        request,
        lambda: domain.close_branch(branch, actor=actor_of(request)),
        _("Closed: volunteers do not see it any more."),
    )
    return redirect("alliance:merchant-detail", branch.merchant_id)
