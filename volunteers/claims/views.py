"""“This is me” and “this is not me”: three pages that need no account, outside of any scope."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from allauth.mfa.utils import is_mfa_enabled
from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.contrib.auth import login
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_safe

from core.messages.backends import messages_can_be_sent
from core.messages.fields import CodeForm
from core.tenancy.scope import Scope, acting_as
from core.web.figures import COUNT_CAP, count_text
from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts, public
from organizations.accounts.models import User
from organizations.accounts.scopes import ACTING_AS, AS_VOLUNTEER, actor_of
from volunteers.claims.domain import (
    ask_claim_code,
    claim_entry,
    disown_entry,
    entry_of_code,
)
from volunteers.claims.forms import ClaimForm, DisownForm, TakeForm
from volunteers.claims.summary import claims_below, disowned_entries
from volunteers.registry.models import Volunteer, VolunteerState

__all__ = ["ask", "list_claims", "prove", "settle"]

_UNPROCESSABLE = 422
_BACKEND = "django.contrib.auth.backends.ModelBackend"
_CODE, _PROVEN = "claim_code", "claim_proven"
# So long after the code was right the entry is open in this browser.
_PROVEN_SECONDS = 15 * 60
_SCOPE = Scope.for_job("claim")


@public("who was registered by others has no account yet; a code to the telephone proves them")
@never_cache
@sensitive_post_parameters("number")
@require_http_methods(["GET", "HEAD", "POST"])
def ask(request: HttpRequest) -> HttpResponse:
    """Identity number and name; the answer is the same whoever is asked for."""
    form = ClaimForm(posted(request))
    if form.is_valid():
        try:
            address = get_client_ip_address(request) or ""
            with acting_as(_SCOPE):
                code = ask_claim_code(**form.cleaned_data, address=address)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            request.session[_CODE] = str(code)
            request.session.pop(_PROVEN, None)
            return redirect("claims:code")
    context = {"form": form, "can_send": messages_can_be_sent()}
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/claims/ask.html", context, status=status)


@public("as the page before; five tries, and the digits alone open nothing")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def prove(request: HttpRequest) -> HttpResponse:
    """The code; a wrong one and one that was never sent are answered alike."""
    if _CODE not in request.session:
        return redirect("claims:ask")
    form = CodeForm(posted(request))
    if form.is_valid():
        with acting_as(_SCOPE):
            entry = entry_of_code(UUID(request.session[_CODE]), form.cleaned_data["code"])
        if entry is not None:
            # A session that somebody planted before is worth nothing from here on.
            request.session.cycle_key()
            del request.session[_CODE]
            request.session[_PROVEN] = [entry, int(time.time()) + _PROVEN_SECONDS]
            return redirect("claims:settle")
        form.add_error("code", _("This code is not right, or out of date. Ask for a new one."))
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/claims/code.html", {"form": form}, status=status)


@public("the code was right a moment ago, in this browser")
@never_cache
@sensitive_post_parameters("password")
@require_http_methods(["GET", "HEAD", "POST"])
def settle(request: HttpRequest) -> HttpResponse:
    """Whose entry it is: an account for it, or “this is not me”."""
    entry = _proven(request)
    found = _shown(entry) if entry else None
    if found is None:
        messages.info(request, _("Enter your number and name once more."))
        return redirect("claims:ask")
    volunteer, account = found
    verb = request.POST.get("verb", "")
    sent = {name: posted(request) if verb == name else None for name in ("take", "disown")}
    take = TakeForm(sent["take"], known_as=account)
    disown = DisownForm(sent["disown"])
    done: HttpResponse | None = None
    if take.is_valid():
        done = _take(request, volunteer, take)
    elif disown.is_valid():
        done = _disown(request, volunteer, disown)
    if done is not None:
        return done
    context = {"volunteer": volunteer, "account": account, "take": take, "disown": disown}
    status = _UNPROCESSABLE if take.errors or disown.errors else 200
    return render(request, "volunteers/claims/settle.html", context, status=status)


@acts("privacy.view")
@require_safe
def list_claims(request: HttpRequest) -> HttpResponse:
    """How many have not been claimed, and which entries were disowned, with their hours."""
    path = actor_of(request).scope.committee
    page = page_of(disowned_entries(path), request)
    context: dict[str, Any] = {"rows": page.rows, "next_url": page.next_url}
    name = "volunteers/claims/list.html"
    if is_next_page(request):
        return render(request, f"{name}#rows", context)
    claims = claims_below(path)
    context |= {"claims": claims, "unclaimed": count_text(claims.unclaimed, cap=COUNT_CAP)}
    return render(request, name, context)


def _take(request: HttpRequest, volunteer: Volunteer, form: TakeForm) -> HttpResponse | None:
    given: dict[str, Any] = {"username": "", **form.cleaned_data}
    try:
        with acting_as(_SCOPE):
            user = claim_entry(volunteer.pk, **given)
    except Refusal as refused:
        show_refusal(form, refused)
        return None
    except ValidationError as error:
        form.add_error("password", error)
        return None
    request.session.pop(_PROVEN, None)
    if is_mfa_enabled(user):
        # The code to the telephone proves the entry; it does not stand in for the second factor.
        said = _("The new password is set. Sign in with it and with your second factor.")
        messages.success(request, said)
        return redirect("account_login")
    login(request, user, backend=_BACKEND)
    request.session[ACTING_AS] = AS_VOLUNTEER
    messages.success(request, _("This is your account now. Here are your hours."))
    return redirect("own:home")


def _disown(request: HttpRequest, volunteer: Volunteer, form: DisownForm) -> HttpResponse | None:
    try:
        with acting_as(_SCOPE):
            asked = disown_entry(volunteer.pk, message=form.cleaned_data["message"])
    except Refusal as refused:
        show_refusal(form, refused)
        return None
    del request.session[_PROVEN]
    context = {"asked": asked, "committee": volunteer.committee}
    return render(request, "volunteers/claims/disowned.html", context)


def _proven(request: HttpRequest) -> int | None:
    entry, until = request.session.get(_PROVEN) or (None, 0)
    return entry if until > time.time() else None


def _shown(entry: int) -> tuple[Volunteer, str] | None:
    """The entry with its committee, and the login name where it has an account."""
    with acting_as(_SCOPE):
        volunteer = Volunteer.objects.select_related("committee").filter(pk=entry).first()
        user = User.objects.filter(volunteer_id=entry).first()
    if volunteer is None or volunteer.state == VolunteerState.ERASED:
        return None
    return volunteer, user.username if user else ""
