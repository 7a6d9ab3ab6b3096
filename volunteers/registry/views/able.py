"""What people can do and when they have time: saying it of one, and finding those who can."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.figures import COUNT_CAP, count_text
from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, list_count, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.registry.forms import AbilitiesForm, FindForm
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import Wanted, half_days, people_able
from volunteers.registry.views.common import UNPROCESSABLE, page_of_volunteer, volunteer_of
from volunteers.vocabulary.domain import set_terms
from volunteers.vocabulary.models import TermKind, VolunteerTerm

__all__ = ["edit_abilities", "find_people"]

_MOST_PLACES = 30


@acts("volunteers.edit")
@require_http_methods(["GET", "HEAD", "POST"])
def edit_abilities(request: HttpRequest, number: str) -> HttpResponse:
    """Skills, interests, languages, vehicles, licences and times of one person."""
    actor, volunteer = actor_of(request), volunteer_of(request, number)
    form = AbilitiesForm(posted(request), volunteer_id=volunteer.pk)
    if form.is_valid():
        try:
            set_terms(
                volunteer.pk,
                committee=volunteer.committee_id,
                actor=actor,
                kinds=TermKind.values,
                terms=form.terms(),
            )
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return page_of_volunteer(volunteer)
    context = {
        "form": form,
        "volunteer": volunteer,
        "layout": "layouts/staff.html",
        "back_url": reverse("registry:volunteer-detail", args=[volunteer.number]),
        "back_label": volunteer.name,
    }
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/registry/abilities.html", context, status=status)


@acts("volunteers.view")
@require_safe
def find_people(request: HttpRequest) -> HttpResponse:
    """Those who can, in any of the places, on the day; nothing is shown before one asks."""
    actor = actor_of(request)
    places = _places(request, actor.scope.committee)
    form = FindForm(request.GET or None, reach=actor.scope.committee, places=places)
    context: dict[str, Any] = {
        "form": form,
        "asked": form.is_valid(),
        "may_see_words": actor.may("vocabulary.manage"),
    }
    if form.is_valid():
        given = form.cleaned_data
        day = given["on"]
        wanted = Wanted(
            places=[place.path for place in places] or [actor.scope.committee],
            terms=form.terms(),
            times=half_days(day, given["part"]) if day else (),
            on=day or timezone.localdate(),
            youngest=given["youngest"],
            oldest=given["oldest"],
        )
        found = people_able(wanted)
        page = page_of(found.with_committee(), request)
        context |= {
            "rows": _with_terms(page.rows),
            "rows_template": "volunteers/registry/_able_rows.html",
            "next_url": page.next_url,
            "columns": [
                {"label": _("Name")},
                {"label": _("Township")},
                {"label": _("Age"), "numeric": True},
                {"label": _("Telephone")},
                {"label": _("Skills")},
                {"label": _("Times available")},
            ],
            "empty": {
                "title": _("Nobody fits all of this"),
                "text": _("Take a skill, a place or the day away to see more."),
            },
        }
        if is_next_page(request):
            return render(request, "components/list.html#page", context)
        context["total"] = count_text(list_count(found), cap=COUNT_CAP)
    status = UNPROCESSABLE if form.errors else 200
    return render(request, "volunteers/registry/find.html", context, status=status)


def _places(request: HttpRequest, reach: str) -> list[Committee]:
    """The committees asked for, at or below the own one; 404 where one is not."""
    codes = set(filter(None, request.GET.getlist("place")))
    found = list(Committee.objects.below(reach).filter(code__in=codes).order_by("path"))
    if len(found) < len(codes) or len(codes) > _MOST_PLACES:
        raise Http404(_("One of the places is not at or below your committee."))
    return found


def _with_terms(people: list[Volunteer]) -> list[tuple[Volunteer, str, str]]:
    """Each person with skills and times as words; one query for all."""
    held = VolunteerTerm.objects.filter(
        volunteer__in=people, term__kind__in=[TermKind.SKILL, TermKind.TIME]
    ).select_related("term")
    words: dict[tuple[int, str], list[str]] = {}
    for each in held.order_by("term__position", "term_id"):
        words.setdefault((each.volunteer_id, each.term.kind), []).append(each.term.name)
    return [
        (
            person,
            "、".join(words.get((person.pk, TermKind.SKILL), [])),
            "、".join(words.get((person.pk, TermKind.TIME), [])),
        )
        for person in people
    ]
