"""What officers do with members: grant, invite, revoke, switch off."""

from __future__ import annotations

from collections.abc import Callable

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.domain import (
    deactivate_account,
    grant_membership,
    invite_member,
    password_link,
    reactivate_account,
    revoke_membership,
    withdraw_invitation,
)
from organizations.accounts.forms import GrantForm, InviteForm
from organizations.accounts.guards import acts
from organizations.accounts.models import Invitation, MemberRole, Membership, User
from organizations.accounts.scopes import actor_of
from organizations.accounts.views.lists import member_in_reach

__all__ = [
    "deactivate",
    "grant",
    "invite",
    "offer_password",
    "reactivate",
    "revoke",
    "withdraw",
]

_UNPROCESSABLE = 422


@acts("members.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def grant(request: HttpRequest) -> HttpResponse:
    """A membership for somebody who has an account here."""
    actor = actor_of(request)
    form = GrantForm(posted(request), actor=actor)
    if form.is_valid():
        given = {**form.cleaned_data, "role": MemberRole(form.cleaned_data["role"])}
        try:
            user = _account_here(given.pop("username"))
            membership = grant_membership(user=user, actor=actor, **given)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            said = _("{name} now serves {committee}.")
            said = said.format(name=user, committee=membership.committee.full_name)
            messages.success(request, said)
            return redirect("accounts:member-list")
    label = _("Grant this membership")
    return _form_page(request, form, title=_("Grant a membership"), submit_label=label)


@acts("members.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def invite(request: HttpRequest) -> HttpResponse:
    """Makes a link, which is shown once, to be handed over by chat."""
    actor = actor_of(request)
    form = InviteForm(posted(request), actor=actor)
    if form.is_valid():
        given = {**form.cleaned_data, "role": MemberRole(form.cleaned_data["role"])}
        try:
            invited = invite_member(actor=actor, **given)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            address = reverse("accounts:invitation-accept", args=[invited.token])
            title = _("Invitation for {name}").format(name=invited.invitation.name)
            text = _("It makes one person a member, once, within seven days.")
            return _link_page(request, title=title, text=text, address=address)
    label = _("Make the link")
    return _form_page(request, form, title=_("Invite a member"), submit_label=label)


@acts("members.manage")
@require_POST
def revoke(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Ends the membership at once, for the reason given."""
    membership = member_in_reach(request, membership_id)
    reason = request.POST.get("reason", "")
    try:
        revoke_membership(membership, reason=reason, actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        said = _("The membership of {name} has ended.").format(name=membership.user)
        messages.success(request, said)
    return redirect("accounts:member-detail", membership.pk)


@acts("members.manage")
@require_POST
def deactivate(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Switches the account off: its sessions end at once."""
    said = _("The account of {name} is switched off; all sessions have ended.")
    return _switched(request, membership_id, deactivate_account, said)


@acts("members.manage")
@require_POST
def reactivate(request: HttpRequest, membership_id: int) -> HttpResponse:
    """Switches the account on again."""
    said = _("The account of {name} is switched on.")
    return _switched(request, membership_id, reactivate_account, said)


@acts("members.manage")
@require_POST
def offer_password(request: HttpRequest, membership_id: int) -> HttpResponse:
    """A link by which the member chooses a new password."""
    membership = member_in_reach(request, membership_id)
    try:
        token = password_link(membership.user, actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
        return redirect("accounts:member-detail", membership.pk)
    address = reverse("accounts:password-choose", args=[token])
    title = _("New password for {name}").format(name=membership.user)
    text = _("It works once, within a day. Hand it to nobody else.")
    return _link_page(request, title=title, text=text, address=address)


@acts("members.manage")
@require_POST
def withdraw(request: HttpRequest, invitation_id: int) -> HttpResponse:
    """The link opens nothing any more."""
    actor = actor_of(request)
    within = Invitation.objects.below(actor.scope.committee)
    invitation = get_object_or_404(within, pk=invitation_id)
    try:
        withdraw_invitation(invitation, actor=actor)
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, _("The invitation is withdrawn."))
    return redirect("accounts:member-list")


def _switched(
    request: HttpRequest,
    membership_id: int,
    switch: Callable[..., None],
    said: str,
) -> HttpResponse:
    membership: Membership = member_in_reach(request, membership_id)
    try:
        switch(membership.user, actor=actor_of(request))
    except Refusal as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, said.format(name=membership.user))
    return redirect("accounts:member-detail", membership.pk)


def _account_here(username: str) -> User:
    """The account that policies let the actor see. Raises `Refusal` without saying more."""
    user = User.objects.filter(username=username).first()
    if user is None:
        said = _("No account of this name serves here. Invite the person by a link instead.")
        raise Refusal(said, code="unknown_account", field="username")
    return user


def _form_page(request: HttpRequest, form: forms.Form, **texts: str) -> HttpResponse:
    context = {"form": form, "back_url": reverse("accounts:member-list"), **texts}
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/accounts/form.html", context, status=status)


def _link_page(request: HttpRequest, *, title: str, text: str, address: str) -> HttpResponse:
    context = {"title": title, "text": text, "link": request.build_absolute_uri(address)}
    return render(request, "organizations/accounts/link.html", context)
