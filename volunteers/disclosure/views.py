"""Pages of access to full data: ask, answer, look, end."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.figures import count_text
from core.web.forms import RefusedReason, posted, show_refusal
from core.web.keyset import capped_count, is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.disclosure.domain import (
    MOST_PEOPLE,
    answer_disclosure,
    ask_for_list,
    ask_for_person,
    ask_for_sheet,
    end_disclosure,
    look_at_disclosed,
    minors_on,
)
from volunteers.disclosure.forms import AskForm
from volunteers.disclosure.models import Disclosure, DisclosureState
from volunteers.hours.models import HoursSheet
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import filters_given, filters_in_words, volunteers_asked

__all__ = [
    "answer",
    "ask_about_list",
    "ask_about_person",
    "ask_about_sheet",
    "end",
    "list_disclosures",
    "look",
    "show_disclosure",
]


@acts("volunteers.reveals.view")
@require_safe
def list_disclosures(request: HttpRequest) -> HttpResponse:
    """Everything asked for in the committee and below, newest first.

    ``state`` leaves what waits, or what of one's own is open or was declined.
    """
    actor = actor_of(request)
    asked = Disclosure.objects.with_looks().prefetch_related("committee")
    if request.GET.get("state") == DisclosureState.ASKED:
        asked = asked.asked()
    elif request.GET.get("state") == DisclosureState.DECLINED:
        asked = asked.of_user(actor.scope.user).filter(state=DisclosureState.DECLINED)
    elif request.GET.get("state") == DisclosureState.OPEN:
        asked = asked.of_user(actor.scope.user).open_now()
    page = page_of(asked, request)
    year = timezone.localdate().year
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/disclosure/_rows.html",
        "next_url": page.next_url,
        "columns": [
            {"label": _("Whose data")},
            {"label": _("State")},
            {"label": _("People"), "numeric": True},
            {"label": _("Reason")},
            {"label": _("Asked by")},
            {"label": _("Answered by")},
            {"label": _("Looks"), "numeric": True},
        ],
        "empty": {
            "title": _("Nobody has asked for full data yet"),
            "text": _("Ask on a minor's page, or on a sheet of hours with minors on it."),
        },
        "years": [year, year - 1] if actor.may("exports.make") else [],
    }
    name = (
        "components/list.html#page" if is_next_page(request) else "volunteers/disclosure/list.html"
    )
    return render(request, name, context)


@acts("volunteers.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_person(request: HttpRequest, number: str) -> HttpResponse:
    """Asks for one person's full data."""
    actor = actor_of(request)
    within = Volunteer.objects.below(actor.scope.committee)
    person = get_object_or_404(within, number=number)
    form = AskForm(posted(request))

    def ask() -> Disclosure:
        return ask_for_person(person, actor=actor, **form.cleaned_data)

    back = reverse("registry:volunteer-detail", args=[person.number])
    return _ask_page(request, form, ask, title=person.name, people=1, back_url=back)


@acts("volunteers.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_sheet(request: HttpRequest, sheet_id: int) -> HttpResponse:
    """Asks for the full data of all minors on a sheet."""
    actor = actor_of(request)
    sheet = get_object_or_404(HoursSheet, pk=sheet_id)
    form = AskForm(posted(request))

    def ask() -> Disclosure:
        return ask_for_sheet(sheet, actor=actor, **form.cleaned_data)

    back = reverse("hours:sheet-detail", args=[sheet.pk])
    people = minors_on(sheet).count()
    return _ask_page(request, form, ask, title=sheet.title, people=people, back_url=back)


@acts("volunteers.reveal")
@require_http_methods(["GET", "HEAD", "POST"])
def ask_about_list(request: HttpRequest) -> HttpResponse:
    """Asks for the full data of everybody on a list, narrowed as the address says."""
    actor = actor_of(request)
    asked = filters_given({name: str(request.GET[name]) for name in request.GET})
    within = Committee.objects.below(actor.scope.committee)
    code = request.GET.get("committee")
    place = get_object_or_404(within, **({"code": code} if code else {"pk": actor.scope.committee}))
    form = AskForm(posted(request))

    def ask() -> Disclosure:
        return ask_for_list(asked, committee=place, actor=actor, **form.cleaned_data)

    people = capped_count(volunteers_asked(asked, below=place.path), cap=MOST_PEOPLE)
    title = " · ".join(filter(None, [place.name, filters_in_words(asked)]))
    query = urlencode({**asked, "committee": place.code})
    back = f"{reverse('registry:volunteer-list')}?{query}"
    return _ask_page(request, form, ask, title=title, people=people, back_url=back, listed=True)


@acts("volunteers.reveals.view")
@require_safe
def show_disclosure(request: HttpRequest, disclosure_id: int) -> HttpResponse:
    """One request: what can be done with it, its people masked, and every look."""
    found = _disclosure(disclosure_id)
    return render(request, "volunteers/disclosure/detail.html", _detail(request, found))


@acts("volunteers.reveal.approve")
@require_POST
def answer(request: HttpRequest, disclosure_id: int) -> HttpResponse:
    """Approves or declines, as the button says."""
    found = _disclosure(disclosure_id)
    approved = request.POST.get("answer") == "approve"
    try:
        answered = answer_disclosure(
            found,
            approved=approved,
            actor=actor_of(request),
            reason=request.POST.get("reason", ""),
        )
    except Refusal as refused:
        if refused.field == "reason":
            typed = RefusedReason("decline", request.POST.get("reason", ""), str(refused))
            context = _detail(request, found) | {"refused": typed}
            return render(request, "volunteers/disclosure/detail.html", context, status=422)
        messages.error(request, str(refused))
    else:
        said = _("Open to {who} for {hours}.") if approved else _("Declined; {who} reads why.")
        hours = answered.get_hours_display()
        messages.success(request, said.format(who=answered.asked_by_label, hours=hours))
    return redirect("disclosure:disclosure-detail", found.pk)


@never_cache
@acts("volunteers.reveal")
@require_POST
def look(request: HttpRequest, disclosure_id: int) -> HttpResponse:
    """Shows the numbers on this answer and nowhere else; each look is on record."""
    found = _disclosure(disclosure_id)
    try:
        shown = look_at_disclosed(found, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
        return redirect("disclosure:disclosure-detail", found.pk)
    context = {"disclosure": found, "shown": shown}
    return render(request, "volunteers/disclosure/look.html", context)


@acts("volunteers.reveal")
@require_POST
def end(request: HttpRequest, disclosure_id: int) -> HttpResponse:
    """Ends it before its time."""
    found = _disclosure(disclosure_id)
    try:
        end_disclosure(found, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Ended: nobody sees these data any more."))
    return redirect("disclosure:disclosure-detail", found.pk)


def _disclosure(disclosure_id: int) -> Disclosure:
    """Within the own committee, as the database keeps it; 404 for any other."""
    return get_object_or_404(Disclosure.objects.select_related("committee"), pk=disclosure_id)


def _detail(request: HttpRequest, found: Disclosure) -> dict[str, Any]:
    actor = actor_of(request)
    mine = found.asked_by_id == actor.scope.user
    waits = found.state == DisclosureState.ASKED
    may_approve = actor.may("volunteers.reveal.approve")
    people = Volunteer.objects.filter(disclosed__disclosure=found).with_committee()
    return {
        "disclosure": found,
        "people": people.order_by("pinyin", "pk"),
        "looks": found.looks.all(),
        "may_take_along": mine
        and found.is_open
        and actor.may("volunteers.reveal")
        and actor.may("exports.make"),
        "may_look": mine and found.is_open and actor.may("volunteers.reveal"),
        "may_answer": waits and may_approve and not mine,
        "waits_for_another": waits and mine,
        "may_end": (waits or found.is_open)
        and ((mine and actor.may("volunteers.reveal")) or may_approve),
    }


def _ask_page(
    request: HttpRequest,
    form: AskForm,
    ask: Callable[[], Disclosure],
    *,
    title: str,
    people: int,
    back_url: str,
    listed: bool = False,
) -> HttpResponse:
    if form.is_valid():
        try:
            asked = ask()
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            message = _("Asked. A secretary of your committee or of one above it decides.")
            messages.success(request, message)
            return redirect("disclosure:disclosure-detail", asked.pk)
    context = {
        "form": form,
        "title": title,
        "people": people,
        "people_text": count_text(people, cap=MOST_PEOPLE),
        "back_url": back_url,
        "listed": listed,
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/disclosure/ask.html", context, status=status)
