"""What volunteers say is not right."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from core.web.addresses import address_with
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.hours.domain import decline_correction
from volunteers.hours.models import CorrectionRequest, CorrectionState

__all__ = ["decline_request", "list_corrections"]


@acts("corrections.view")
@require_safe
def list_corrections(request: HttpRequest) -> HttpResponse:
    """Those that wait, or with ``state=answered`` those that were answered."""
    actor = actor_of(request)
    answered = request.GET.get("state") == "answered"
    found = CorrectionRequest.objects.select_related("record")
    found = found.exclude(state=CorrectionState.OPEN) if answered else found.open()
    page = page_of(found, request)
    may_answer = actor.may("corrections.answer") and not answered
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/hours/_corrections.html",
        "next_url": page.next_url,
        "may_answer": may_answer,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "columns": _columns(),
        "filters": [_states(request, answered=answered)],
        "empty": _empty(answered=answered),
    }
    return render(request, "volunteers/hours/correction_list.html", context)


@acts("corrections.answer")
@require_POST
def decline_request(request: HttpRequest, correction_id: int) -> HttpResponse:
    """Leaves the record as it is, with an answer that the volunteer reads."""
    correction = get_object_or_404(CorrectionRequest, pk=correction_id)
    answer = request.POST.get("reason", "")
    try:
        decline_correction(correction, actor=actor_of(request), answer=answer)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Answered. The record stays as it is."))
    return redirect("hours:correction-list")


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Volunteer")},
        {"label": _("Record")},
        {"label": _("What is not right")},
        {"label": _("Asked on")},
        {"label": _("Answer")},
    ]


def _states(request: HttpRequest, *, answered: bool) -> dict[str, Any]:
    return {
        "label": _("State"),
        "options": [
            {
                "label": _("waiting"),
                "url": address_with(request, state=""),
                "count": None,
                "active": not answered,
            },
            {
                "label": _("answered"),
                "url": address_with(request, state="answered"),
                "count": None,
                "active": answered,
            },
        ],
    }


def _empty(*, answered: bool) -> dict[str, str]:
    if answered:
        return {"title": _("No correction request has been answered yet.")}
    return {
        "title": _("No correction request waits."),
        "text": _("When a volunteer says that a record is not right, it appears here."),
    }
