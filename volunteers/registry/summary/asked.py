"""Who fits what a list is narrowed by; the page and what is taken along from it ask alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils import timezone

from volunteers.registry.models import VolunteerState
from volunteers.registry.queries import (
    AgeBand,
    ClaimBand,
    HoursBand,
    PauseBand,
    VolunteerQuerySet,
)
from volunteers.registry.summary.people import below_annual_minimum
from volunteers.registry.summary.search import volunteers_matching

__all__ = ["filters_in_words", "volunteers_asked"]


def volunteers_asked(asked: Mapping[str, str], *, below: str) -> VolunteerQuerySet:
    """Those of the committee ``below`` (a path key) or under it whom all of the filters fit.

    ``asked`` may hold ``q``, ``age``, ``state``, ``skill``, ``claim``, ``pause`` and ``hours``;
    what is empty or missing narrows nothing.
    """
    found = volunteers_matching(asked.get("q", ""), below=below)
    if age := asked.get("age"):
        found = found.aged(AgeBand(age), timezone.localdate())
    if state := asked.get("state"):
        found = found.in_state(state)
    if skill := asked.get("skill"):
        found = found.skilled(skill)
    if asked.get("pause") == PauseBand.OVER:
        found = found.back_by(timezone.localdate())
    if asked.get("hours") == HoursBand.BELOW:
        found = below_annual_minimum(found, below)
    match asked.get("claim"):
        case ClaimBand.UNCLAIMED:
            found = found.unclaimed()
        case ClaimBand.DISOWNED:
            found = found.disowned()
    return found


def filters_in_words(asked: Mapping[str, str]) -> str:
    """As the list's chips say it, such as “18–35 · active”; empty for the whole list."""
    kinds = {
        "age": AgeBand,
        "state": VolunteerState,
        "claim": ClaimBand,
        "pause": PauseBand,
        "hours": HoursBand,
    }
    words = [str(kind(asked[name]).label) for name, kind in kinds.items() if asked.get(name)]
    if skill := asked.get("skill"):
        words.append(skill)
    if sought := asked.get("q"):
        words.append(f"“{sought}”")
    return " · ".join(words)
