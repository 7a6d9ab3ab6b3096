"""What changes the own entry: outside of the own scope, which may only read.

The person's actor is found as for any page, and its proof is asked again as the job's scope opens.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial, wraps
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from core.crypto.sealing import seal, sealing_context, unseal
from core.messages.fields import CodeForm
from core.tenancy.scope import acting_as
from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from organizations.accounts.guards import asks_password, public
from organizations.accounts.scopes import actor_of, scope_of_request
from volunteers.privacy.domain.consenting import give_own_consent, withdraw_own_consent
from volunteers.privacy.domain.erasing import ask_erasure, cancel_erasure
from volunteers.privacy.domain.persons import scope_of_person
from volunteers.privacy.domain.phones import ask_phone_code, change_own_phone
from volunteers.privacy.domain.requests import say_of_number
from volunteers.privacy.forms import PhoneForm

__all__ = ["change_consent", "change_erasure", "change_phone", "say_number"]

_UNPROCESSABLE = 422
_PHONE = "new_phone"


def _for_persons(
    view: Callable[[HttpRequest], HttpResponse],
) -> Callable[[HttpRequest], HttpResponse]:
    """Signed in, and on the own pages or a child's; there is nothing here for anybody else."""

    @wraps(view)
    def guarded(request: HttpRequest) -> HttpResponse:
        scope_of_request(request)
        if not actor_of(request).may("own.view"):
            raise Http404
        return view(request)

    return guarded


@public("changes the entry of who is signed in; asks for a login itself")
@login_required
@_for_persons
@require_POST
def change_consent(request: HttpRequest) -> HttpResponse:
    """Gives the own consent, or takes it back: one button each."""
    if request.POST.get("verb") == "withdraw":
        said = _("Your consent is withdrawn. Your committee has been told; hours stay on record.")
        return _do(request, withdraw_own_consent, said)
    return _do(request, give_own_consent, _("Your consent is recorded. You can withdraw it here."))


@public("changes the entry of who is signed in; asks for a login itself")
@login_required
@_for_persons
@require_POST
def change_erasure(request: HttpRequest) -> HttpResponse:
    """Asks for erasure, or cancels it."""
    if request.POST.get("verb") == "cancel":
        return _do(request, cancel_erasure, _("The erasure is cancelled. Everything is as before."))
    said = _("The erasure is under way. Until its day you can cancel it here.")
    return _do(request, ask_erasure, said)


@public("changes the entry of who is signed in; asks for a login itself")
@login_required
@_for_persons
@require_POST
def say_number(request: HttpRequest) -> HttpResponse:
    """Says whose the number is that the committee was asked to check."""
    if request.POST.get("verb") == "mine":
        said = _("Your committee and who asked about the number have been told.")
        return _do(request, partial(say_of_number, is_mine=True), said)
    said = _("Your committee has been told and will put the number right.")
    return _do(request, partial(say_of_number, is_mine=False), said)


@public("changes the entry of who is signed in; asks for a login itself")
@login_required
@_for_persons
@require_http_methods(["GET", "HEAD", "POST"])
@asks_password
def change_phone(request: HttpRequest) -> HttpResponse:
    """A new telephone: the number first, then the code that was sent to it."""
    if "code" in request.POST and _PHONE in request.session:
        return _prove_phone(request)
    form = PhoneForm(posted(request))
    if form.is_valid():
        actor = actor_of(request)
        address = get_client_ip_address(request) or ""
        try:
            with acting_as(scope_of_person(actor)):
                code, phone = ask_phone_code(
                    form.cleaned_data["phone"], actor=actor, address=address
                )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            sealed = seal(phone, context=sealing_context("session.phone", code))
            request.session[_PHONE] = [str(code), sealed.hex()]
            return _phone_page(request, CodeForm(), step="code")
    return _phone_page(request, form, step="phone")


def _prove_phone(request: HttpRequest) -> HttpResponse:
    form = CodeForm(request.POST)
    key, sealed = request.session[_PHONE]
    if form.is_valid():
        actor = actor_of(request)
        phone = unseal(bytes.fromhex(sealed), context=sealing_context("session.phone", key))
        with acting_as(scope_of_person(actor)):
            changed = change_own_phone(
                UUID(key), form.cleaned_data["code"], phone=phone, actor=actor
            )
        if changed is not None:
            del request.session[_PHONE]
            messages.success(request, _("Your new telephone is on record."))
            return redirect("own:profile")
        form.add_error("code", _("This code is not right, or out of date. Ask for a new one."))
    return _phone_page(request, form, step="code")


def _phone_page(request: HttpRequest, form: PhoneForm | CodeForm, *, step: str) -> HttpResponse:
    status = _UNPROCESSABLE if form.errors else 200
    context = {"form": form, "step": step}
    return render(request, "volunteers/privacy/phone.html", context, status=status)


def _do(request: HttpRequest, verb: Callable[..., object], said: str) -> HttpResponse:
    actor: Actor = actor_of(request)
    try:
        with acting_as(scope_of_person(actor)):
            verb(actor=actor)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, said)
    return redirect("own:profile")
