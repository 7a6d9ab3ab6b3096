"""The page behind a guardian's link: what is asked, a code, and the answer, without an account."""

from __future__ import annotations

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
from volunteers.guardians.domain.links import ask_guardian_code, why_gone
from volunteers.transfers.domain import answer_as_guardian
from volunteers.transfers.domain.guardians import Question, question_behind
from volunteers.transfers.forms import GuardianForm

__all__ = ["answer_guardian"]

_UNPROCESSABLE, _GONE = 422, 410
_CODE = "transfer_guardian_code"
_SCOPE = Scope.for_job("guardian of a transfer")


@public("the link is the permission to look, the code to the guardian's telephone to decide")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def answer_guardian(request: HttpRequest, token: str) -> HttpResponse:
    """From where to where and why; sends a code; takes the answer."""
    with acting_as(_SCOPE):
        asked = question_behind(token)
        gone = None if asked else why_gone(token)
    if asked is None:
        name = "volunteers/guardians/gone.html"
        return render(request, name, {"gone": gone}, status=_GONE)
    if request.POST.get("verb") == "send":
        _send_code(request, asked)
        form = GuardianForm()
    else:
        form = GuardianForm(posted(request))
        if form.is_valid() and _is_decided(request, token, form):
            agrees = request.POST.get("verb") == "agree"
            context = {"asked": asked, "agrees": agrees}
            return render(request, "volunteers/transfers/guardian_done.html", context)
    context = {
        "asked": asked,
        "form": form,
        "child": mask_name(asked.transfer.volunteer_name),
        "sent": _CODE in request.session,
    }
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/transfers/guardian.html", context, status=status)


def _send_code(request: HttpRequest, asked: Question) -> None:
    try:
        with acting_as(_SCOPE):
            code = ask_guardian_code(asked.link, address=get_client_ip_address(request) or "")
    except Refusal as refused:
        messages.error(request, str(refused))
        return
    request.session[_CODE] = str(code)
    said = _("A code is on its way to {phone}. It holds ten minutes.")
    messages.success(request, said.format(phone=asked.link.phone_mask))


def _is_decided(request: HttpRequest, token: str, form: GuardianForm) -> bool:
    kept = request.session.get(_CODE)
    try:
        with acting_as(_SCOPE):
            done = answer_as_guardian(
                token,
                code_id=UUID(kept) if kept else None,
                digits=form.cleaned_data["code"],
                name=form.cleaned_data["name"],
                agrees=request.POST.get("verb") == "agree",
            )
    except Refusal as refused:
        show_refusal(form, refused)
        return False
    if not done:
        form.add_error("code", _("This code is not right, or out of date. Ask for a new one."))
        return False
    del request.session[_CODE]
    return True
