"""What a committee sees and answers of people's own data."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.forms import show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.privacy.domain.consenting import publish_text
from volunteers.privacy.domain.requests import answer_request
from volunteers.privacy.forms import TextForm
from volunteers.privacy.models import ConsentKind, ConsentText, PrivacyRequest

__all__ = ["answer", "list_requests", "list_texts", "publish"]

_UNPROCESSABLE = 422


@acts("privacy.view")
@require_safe
def list_requests(request: HttpRequest) -> HttpResponse:
    """What people have asked or said, the newest first; open ones unless ``all=1``."""
    everything = request.GET.get("all") == "1"
    rows = PrivacyRequest.objects.select_related("volunteer").prefetch_related("committee")
    page = page_of(rows if everything else rows.open(), request, size=20)
    context: dict[str, Any] = {
        "rows": page.rows,
        "next_url": page.next_url,
        "everything": everything,
        "may_answer": actor_of(request).may("privacy.answer"),
    }
    name = "volunteers/privacy/requests.html"
    return render(request, f"{name}#rows" if is_next_page(request) else name, context)


@acts("privacy.answer")
@require_POST
def answer(request: HttpRequest, request_id: int) -> HttpResponse:
    """Put right or taken note of, or declined with a reason."""
    asked = get_object_or_404(PrivacyRequest, pk=request_id)
    done = request.POST.get("verb") != "decline"
    try:
        answer_request(
            asked, done=done, answer=request.POST.get("answer", ""), actor=actor_of(request)
        )
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Answered. The person reads it on the own pages."))
    return redirect("privacy:request-list")


@acts("privacy.view")
@require_safe
def list_texts(request: HttpRequest) -> HttpResponse:
    """The texts of consent in force here, and their earlier versions."""
    return _texts_page(request, {})


@acts("consents.publish")
@require_POST
def publish(request: HttpRequest) -> HttpResponse:
    """The next version of a text."""
    kind = request.POST.get("kind", "")
    if kind not in ConsentKind.values:
        raise Http404
    form = TextForm(request.POST)
    if form.is_valid():
        try:
            text = publish_text(
                ConsentKind(kind),
                title=form.cleaned_data["title"],
                body=form.cleaned_data["body"],
                actor=actor_of(request),
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = _("Version {version} holds from now on.").format(version=text.version)
            messages.success(request, said)
            return redirect("privacy:text-list")
    return _texts_page(request, {kind: form})


def _texts_page(request: HttpRequest, forms: dict[str, TextForm]) -> HttpResponse:
    actor = actor_of(request)
    path = actor.scope.committee
    shown = []
    for kind in ConsentKind:
        text = ConsentText.objects.in_force(kind, path)
        said = {"title": text.title, "body": text.body, "kind": kind}
        form = forms.get(kind) or TextForm(initial=said)
        shown.append({"kind": kind, "text": text, "form": form})
    context = {
        "texts": shown,
        "may_publish": actor.may("consents.publish")
        and actor.committee is not None
        and actor.committee.level == "province",
    }
    status = _UNPROCESSABLE if any(form.errors for form in forms.values()) else 200
    return render(request, "volunteers/privacy/texts.html", context, status=status)
