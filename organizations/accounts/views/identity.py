"""Switching what one acts as, joining by a link, choosing a password: outside of any scope."""

from __future__ import annotations

from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.forms import Form
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.tenancy.roles import Role
from core.tenancy.scope import Scope, acting_as
from core.web.forms import posted, show_refusal
from core.web.keyset import id_from
from core.web.refusals import Refusal
from organizations.accounts.actors import AS_CHILD, AS_LEADER
from organizations.accounts.domain import (
    accept_invitation,
    accept_invitation_as,
    account_of_password_link,
)
from organizations.accounts.domain import choose_password as set_password
from organizations.accounts.fields import JoinForm, PasswordForm
from organizations.accounts.guards import public
from organizations.accounts.models import Invitation, Membership, User
from organizations.accounts.scopes import ACTING_AS, AS_VOLUNTEER, token_digest
from organizations.family.models import FamilyTie
from organizations.leaders.models import Leadership

__all__ = ["choose_password", "join", "no_such_page", "say_whom_to_ask", "switch_membership"]

_UNPROCESSABLE = 422
_GONE = 410
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@public("says whom to ask for an account or a new password; the same to everybody")
@require_safe
def say_whom_to_ask(request: HttpRequest) -> HttpResponse:
    """Where other sites have a sign-up or a reset by e-mail: here the committee does both."""
    return render(request, "account/whom_to_ask.html")


@public("there is nothing here: a page of the library that the portal does not use")
def no_such_page(request: HttpRequest, **_named: str) -> HttpResponse:
    """Not found, whatever the address names."""
    raise Http404


@public("people choose among their own memberships; asks for a login itself")
@login_required
@require_POST
def switch_membership(request: HttpRequest) -> HttpResponse:
    """From now on this session acts under another of the person's memberships."""
    choice = request.POST.get("membership", "")
    user = request.user
    if isinstance(user, User) and _is_own(user, choice):
        request.session[ACTING_AS] = choice
    else:
        messages.error(request, _("This membership has ended."))
    # What the page before showed may lie outside the other committee.
    return redirect("/")


@public("the link is the permission: it was handed to one person")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def join(request: HttpRequest, token: str) -> HttpResponse:
    """Takes up an invitation, with a new account or with the one that is signed in."""
    invitation = _invitation_behind(token)
    if invitation is None:
        return _gone(request)
    user = request.user if isinstance(request.user, User) else None
    # Who is signed in already brings an account and has nothing to fill in.
    form = (
        Form(posted(request))
        if user
        else JoinForm(posted(request), initial={"name": invitation.name})
    )
    if form.is_valid():
        try:
            membership = _join(request, token, user, form)
        except Refusal as refusal:
            show_refusal(form, refusal)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            said = _("Welcome. You now serve {committee}.")
            messages.success(request, said.format(committee=membership.committee.full_name))
            return redirect("/")
    status = _UNPROCESSABLE if form.errors else 200
    context = {"invitation": invitation, "form": form, "account": user}
    return render(request, "organizations/accounts/join.html", context, status=status)


@public("the link is the permission: it was handed to one person")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def choose_password(request: HttpRequest, token: str) -> HttpResponse:
    """Sets a new password by the link that an officer handed over."""
    try:
        user = account_of_password_link(token)
    except Refusal:
        return _gone(request)
    form = PasswordForm(posted(request))
    if form.is_valid():
        try:
            set_password(token=token, password=form.cleaned_data["password"])
        except Refusal:
            return _gone(request)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            messages.success(request, _("The new password is set. Sign in with it."))
            return redirect("account_login")
    status = _UNPROCESSABLE if form.errors else 200
    context = {"form": form, "account": user}
    return render(request, "organizations/accounts/new_password.html", context, status=status)


def _gone(request: HttpRequest) -> HttpResponse:
    return render(request, "organizations/accounts/link_gone.html", status=_GONE)


def _invitation_behind(token: str) -> Invitation | None:
    found = Invitation.objects.open_at(timezone.now()).select_related("committee")
    return found.filter(token_digest=token_digest(token)).first()


def _is_own(user: User, choice: str) -> bool:
    if choice == AS_VOLUNTEER:
        return user.volunteer_id is not None
    if choice.startswith(AS_CHILD):
        ties = FamilyTie.objects.filter(user=user).standing_on(timezone.localdate())
        tie = choice.removeprefix(AS_CHILD)
        return tie.isdecimal() and len(tie) <= 18 and ties.filter(pk=tie).exists()
    if choice.startswith(AS_LEADER):
        led = Leadership.objects.standing_for(user.volunteer_id)
        return led.filter(pk=id_from(choice.removeprefix(AS_LEADER)) or 0).exists()
    valid = Membership.objects.valid_on(timezone.localdate()).filter(user=user)
    return choice.isdecimal() and len(choice) <= 18 and valid.filter(pk=choice).exists()


def _join(request: HttpRequest, token: str, user: User | None, form: Form) -> Membership:
    """The new membership, which the session acts under from now on."""
    if user is not None:
        with acting_as(Scope(role=Role.JOB, user=user.pk, label="join")):
            membership = accept_invitation_as(user, token=token)
    else:
        with acting_as(Scope.for_job("join")):
            membership = accept_invitation(token=token, **form.cleaned_data)
        login(request, membership.user, backend=_BACKEND)
    request.session[ACTING_AS] = str(membership.pk)
    return membership
