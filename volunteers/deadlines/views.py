"""The statutory time limit: what is late, what is due, and how the committees below stand."""

from __future__ import annotations

from dataclasses import dataclass

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.views.decorators.http import require_safe

from core.workdays import is_published
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from volunteers.deadlines.summary import Open, clock_of, open_drafts, unconfirmed

__all__ = ["show_deadlines"]


@dataclass(frozen=True, slots=True)
class Row:
    """What is open, with the committee that keeps it."""

    open: Open
    committee: Committee | None


@acts("hours.view")
@require_safe
def show_deadlines(request: HttpRequest) -> HttpResponse:
    """Drafts to hand in, sheets to mend, and what waits for a second person, the latest first."""
    path = actor_of(request).scope.committee
    clock = clock_of(path)
    drafts, waiting = open_drafts(path, clock), unconfirmed(path, clock)
    committees = Committee.objects.in_bulk({each.committee_id for each in [*drafts, *waiting]})
    year = timezone.localdate().year
    context = {
        "clock": clock,
        "drafts": [Row(each, committees.get(each.committee_id)) for each in drafts],
        "waiting": [Row(each, committees.get(each.committee_id)) for each in waiting],
        "unpublished": [each for each in (year, year + 1) if not is_published(each)],
    }
    return render(request, "volunteers/deadlines/list.html", context)
