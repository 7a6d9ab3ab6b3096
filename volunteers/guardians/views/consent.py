"""The page behind a guardian's link: the text, a code, and the consent or its withdrawal."""

from __future__ import annotations

import time
from typing import Any
from uuid import UUID

from axes.helpers import get_client_ip_address
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from core.crypto.masks import mask_name
from core.tenancy.scope import Scope, acting_as
from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import public
from volunteers.guardians.domain.consent import give_guardian_consent, withdraw_guardian_consent
from volunteers.guardians.domain.links import ask_guardian_code, link_behind, why_gone
from volunteers.guardians.forms import GiveForm, WithdrawForm
from volunteers.guardians.models import GuardianLink, LinkUse
from volunteers.guardians.views.links import address_of
from volunteers.privacy.models import ConsentKind, ConsentText

__all__ = ["CHILD_PROVEN", "consent"]

_UNPROCESSABLE, _GONE = 422, 410
_CODE = "guardian_code"
# The child whose guardian this browser has proven to be, and until when.
CHILD_PROVEN = "guardian_proven"
PROVEN_SECONDS = 15 * 60
_SCOPE = Scope.for_job("guardian")


@public("the link is the permission to look, the code to the guardian's telephone to decide")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def consent(request: HttpRequest, token: str) -> HttpResponse:
    """Shows the text; sends a code; takes consent or its withdrawal."""
    with acting_as(_SCOPE):
        link = link_behind(token, [LinkUse.GIVE, LinkUse.WITHDRAW])
        text = _text_for(link) if link else None
    if link is None:
        return _gone(request, token)
    form_of: Any = GiveForm if link.use == LinkUse.GIVE else WithdrawForm
    if request.POST.get("verb") == "send":
        _send_code(request, link)
        form = form_of()
    else:
        form = form_of(posted(request))
        if form.is_valid() and (done := _decide(request, link, token, form)) is not None:
            return done
    context = {
        "link": link,
        "text": text,
        "form": form,
        "gives": link.use == LinkUse.GIVE,
        "child": mask_name(link.volunteer.name),
        "sent": _CODE in request.session,
    }
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/guardians/consent.html", context, status=status)


def _text_for(link: GuardianLink) -> ConsentText:
    return ConsentText.objects.in_force(ConsentKind.GUARDIAN, link.committee_id)


def _gone(request: HttpRequest, token: str) -> HttpResponse:
    with acting_as(_SCOPE):
        gone = why_gone(token)
    return render(request, "volunteers/guardians/gone.html", {"gone": gone}, status=_GONE)


def _send_code(request: HttpRequest, link: GuardianLink) -> None:
    try:
        with acting_as(_SCOPE):
            code = ask_guardian_code(link, address=get_client_ip_address(request) or "")
    except Refusal as refused:
        messages.error(request, str(refused))
        return
    request.session[_CODE] = str(code)
    said = _("A code is on its way to {phone}. It holds ten minutes.")
    messages.success(request, said.format(phone=link.phone_mask))


def _decide(request: HttpRequest, link: GuardianLink, token: str, form: Any) -> HttpResponse | None:
    kept = request.session.get(_CODE)
    code = {"code_id": UUID(kept) if kept else None, "digits": form.cleaned_data["code"]}
    done: Any
    try:
        with acting_as(_SCOPE):
            if link.use == LinkUse.GIVE:
                named = {"name": form.cleaned_data["name"], "address_of": address_of(request)}
                done = give_guardian_consent(token, **code, **named)
            else:
                done = withdraw_guardian_consent(token, **code)
    except Refusal as refused:
        show_refusal(form, refused)
        return None
    if done is None:
        form.add_error("code", _("This code is not right, or out of date. Ask for a new one."))
        return None
    del request.session[_CODE]
    context = {"child": mask_name(link.volunteer.name), "given": None}
    if link.use == LinkUse.GIVE:
        request.session.cycle_key()
        request.session[CHILD_PROVEN] = [link.volunteer_id, int(time.time()) + PROVEN_SECONDS]
        context |= {"given": done.consent, "back": address_of(request)(done.token)}
    return render(request, "volunteers/guardians/done.html", context)
