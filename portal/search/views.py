"""The header's search: people and committees that the actor may see."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_safe

from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import Sought, sought_by, volunteers_matching

__all__ = ["search"]

_SHOWN = 20
_LONGEST = 50


@acts("volunteers.view")
@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """The first of either kind; the lists go on with the same words."""
    words = request.GET.get("q", "").strip()[:_LONGEST]
    own = actor_of(request).scope.committee
    people = _people(words, own)
    context = {
        "search_query": words,
        "people": people[:_SHOWN],
        "all_people_url": _list_url(words) if len(people) > _SHOWN else "",
        "committees": _committees(words, own)[:_SHOWN],
    }
    return render(request, "portal/search/results.html", context)


def _people(words: str, own: str) -> list[Volunteer]:
    if sought_by(words) == Sought.NOTHING:
        return []
    found = volunteers_matching(words, below=own).with_committee()
    return list(found.order_by("-pk")[: _SHOWN + 1])


def _committees(words: str, own: str) -> list[Committee]:
    found = Committee.objects.below(own).existing_on(timezone.localdate()).called(words)
    return list(found.order_by("path")[:_SHOWN])


def _list_url(words: str) -> str:
    return f"{reverse('registry:volunteer-list')}?{urlencode({'q': words})}"
