"""Pages of notices: the organiser's, who writes and sees who looked; the volunteer's own."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.activities.models import Activity, ActivityState
from volunteers.notices.domain import look_at_notice, send_message
from volunteers.notices.forms import MessageForm
from volunteers.notices.models import Delivery, Notice

__all__ = ["list_notices", "list_own", "send", "show_own"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def list_notices(request: HttpRequest, activity_id: int) -> HttpResponse:
    """What was written to those signed up, the newest first, and how many have looked."""
    activity = get_object_or_404(Activity, pk=activity_id)
    page = page_of(Notice.objects.of_activity(activity.pk).with_readers(), request)
    context: dict[str, Any] = {
        "activity": activity,
        "rows": page.rows,
        "rows_template": "volunteers/notices/_rows.html",
        "next_url": page.next_url,
        "columns": [
            {"label": _("Title")},
            {"label": _("Text")},
            {"label": _("Sent by")},
            {"label": _("Sent to"), "numeric": True},
            {"label": _("Have looked"), "numeric": True},
        ],
        "may_send": activity.state == ActivityState.PUBLISHED
        and actor_of(request).may("activities.write"),
        "empty": {
            "title": _("No message has been sent yet."),
            "text": _("Write when something is to be brought along or the way there is another."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/notices/list.html"
    return render(request, name, context)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def send(request: HttpRequest, activity_id: int) -> HttpResponse:
    """Writes to those signed up."""
    activity = get_object_or_404(Activity, pk=activity_id)
    form = MessageForm(posted(request), activity=activity)
    if form.is_valid():
        try:
            send_message(activity, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Sent: they read it on their first page."))
            return redirect("notices:notice-list", activity.pk)
    context = {"form": form, "activity": activity}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/notices/send.html", context, status=status)


@acts("own.signup")
@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """What organisers wrote to me, the newest first."""
    page = page_of(Delivery.objects.of_person(actor_of(request).scope.volunteer), request)
    context = {"rows": page.rows, "next_url": page.next_url}
    name = "volunteers/notices/own_list.html"
    return render(request, f"{name}#rows" if is_next_page(request) else name, context)


@acts("own.signup")
@require_safe
def show_own(request: HttpRequest, notice_id: int) -> HttpResponse:
    """One of them; from then on it is no news any more."""
    actor = actor_of(request)
    mine = Delivery.objects.of_person(actor.scope.volunteer)
    delivery = get_object_or_404(mine, notice=notice_id)
    if request.method == "GET":
        look_at_notice(delivery, actor=actor)
    return render(request, "volunteers/notices/own.html", {"notice": delivery.notice})
