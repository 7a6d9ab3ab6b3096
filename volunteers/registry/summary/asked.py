"""Who fits what a list is narrowed by; the page and what is taken along from it ask alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from volunteers.registry.queries import AgeBand, ClaimBand, VolunteerQuerySet
from volunteers.registry.summary.search import volunteers_matching

__all__ = ["volunteers_asked"]


def volunteers_asked(asked: Mapping[str, str], *, below: str) -> VolunteerQuerySet:
    """Those of the committee ``below`` (a path key) or under it whom all of the filters fit.

    ``asked`` may hold ``q``, ``age``, ``state``, ``skill`` and ``claim``; what is empty or
    missing narrows nothing.
    """
    found = volunteers_matching(asked.get("q", ""), below=below)
    if age := asked.get("age"):
        found = found.aged(AgeBand(age), timezone.localdate())
    if state := asked.get("state"):
        found = found.in_state(state)
    if skill := asked.get("skill"):
        found = found.skilled(skill)
    match asked.get("claim"):
        case ClaimBand.UNCLAIMED:
            found = found.unclaimed()
        case ClaimBand.DISOWNED:
            found = found.disowned()
    return found
