"""A parent's account: which children it holds, one more, one less."""

from __future__ import annotations

import time
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth import login
from django.contrib.auth.decorators import login_required
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.messages.fields import CodeForm
from core.tenancy.roles import Role
from core.tenancy.scope import Scope, acting_as
from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.actors import AS_CHILD
from organizations.accounts.guards import public
from organizations.accounts.models import User
from organizations.accounts.scopes import ACTING_AS
from organizations.family.models import FamilyTie
from volunteers.guardians.domain.families import (
    ask_family_code,
    child_of_code,
    end_tie,
    open_family,
    tie_child,
)
from volunteers.guardians.forms import ChildForm, ParentForm
from volunteers.guardians.views.consent import CHILD_PROVEN

__all__ = ["add_child", "end", "open_account", "show_family"]

_UNPROCESSABLE = 422
_CODE = "family_code"
_BACKEND = "django.contrib.auth.backends.ModelBackend"


@public("one's own children; asks for a login itself")
@login_required
@require_safe
def show_family(request: HttpRequest) -> HttpResponse:
    """The children whose pages this account holds."""
    ties = FamilyTie.objects.filter(user=request.user.pk).standing_on(timezone.localdate())
    return render(request, "volunteers/guardians/family.html", {"ties": list(ties)})


@public("one's own children; asks for a login itself, and a code proves the guardian")
@login_required
@never_cache
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def add_child(request: HttpRequest) -> HttpResponse:
    """The child's number and name, then the code; straight on where it was just proven."""
    if request.method == "POST" and (child := _proven(request)) is not None:
        return _tied(request, child)
    if "code" in request.POST and _CODE in request.session:
        return _prove(request)
    form = ChildForm(posted(request))
    if form.is_valid():
        try:
            with acting_as(_scope(request)):
                code = ask_family_code(
                    **form.cleaned_data, address=get_client_ip_address(request) or ""
                )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            request.session[_CODE] = str(code)
            return _page(request, CodeForm(), step="code")
    return _page(request, form, step="child")


@public("one's own children; asks for a login itself")
@login_required
@require_POST
def end(request: HttpRequest, tie_id: int) -> HttpResponse:
    """The account holds that child's pages no more."""
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    try:
        with acting_as(_scope(request)):
            end_tie(tie_id, user=request.user)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Your account holds these pages no more."))
    request.session.pop(ACTING_AS, None)
    return redirect("guardians:family")


@public("a guardian who was proven a moment ago has no account yet")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def open_account(request: HttpRequest) -> HttpResponse:
    """An account for a parent, with the child in it."""
    child = _proven(request)
    if child is None or request.user.is_authenticated:
        return redirect("guardians:family")
    form = ParentForm(posted(request))
    if form.is_valid():
        try:
            with acting_as(Scope.for_job("open family")):
                tie = open_family(child, **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        except ValidationError as error:
            form.add_error("password", error)
        else:
            login(request, tie.user, backend=_BACKEND)
            return _settled(request, tie)
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/guardians/open.html", {"form": form}, status=status)


def _prove(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    if form.is_valid():
        with acting_as(_scope(request)):
            child = child_of_code(UUID(request.session[_CODE]), form.cleaned_data["code"])
        if child is not None:
            del request.session[_CODE]
            return _tied(request, child)
        form.add_error("code", _("This code is not right, or out of date. Ask for a new one."))
    return _page(request, form, step="code")


def _tied(request: HttpRequest, child: int) -> HttpResponse:
    assert isinstance(request.user, User)  # noqa: S101 - for the type checker
    try:
        with acting_as(_scope(request)):
            tie = tie_child(request.user, child)
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("guardians:family")
    return _settled(request, tie)


def _settled(request: HttpRequest, tie: FamilyTie) -> HttpResponse:
    request.session.pop(CHILD_PROVEN, None)
    request.session[ACTING_AS] = f"{AS_CHILD}{tie.pk}"
    said = _("You are on the pages of {child}. Switch at the top of the page.")
    messages.success(request, said.format(child=tie.child_name))
    return redirect("own:home")


def _proven(request: HttpRequest) -> int | None:
    child, until = request.session.get(CHILD_PROVEN) or (None, 0)
    return child if until > time.time() else None


def _scope(request: HttpRequest) -> Scope:
    return Scope(role=Role.JOB, user=request.user.pk, label=str(request.user))


def _page(request: HttpRequest, form: ChildForm | CodeForm, *, step: str) -> HttpResponse:
    status = _UNPROCESSABLE if form.errors else 200
    context = {"form": form, "step": step}
    return render(request, "volunteers/guardians/add.html", context, status=status)
