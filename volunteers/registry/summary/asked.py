"""Who fits what a list is narrowed by; the page and what is taken along from it ask alike."""

from __future__ import annotations

from collections.abc import Mapping

from django.db.models import TextChoices
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

__all__ = ["filters_given", "filters_in_words", "volunteers_asked"]

_KINDS: Mapping[str, type[TextChoices]] = {
    "age": AgeBand,
    "state": VolunteerState,
    "claim": ClaimBand,
    "pause": PauseBand,
    "hours": HoursBand,
}
# Words, and how long they may be.
_TEXTS = {"skill": 30, "q": 50}


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


def filters_given(data: Mapping[str, str]) -> dict[str, str]:
    """The list's filters in what an address or a form says; what makes no sense narrows nothing."""
    found: dict[str, str] = {}
    for name, kind in _KINDS.items():
        if (value := data.get(name, "")) in kind.values:
            found[name] = value
    for name, most in _TEXTS.items():
        text = data.get(name, "").replace("\0", "").strip()
        if 0 < len(text) <= most:
            found[name] = text
    return found


def filters_in_words(asked: Mapping[str, str]) -> str:
    """As the list's chips say it, such as “18–35 · active”; empty for the whole list."""
    words = [str(kind(asked[name]).label) for name, kind in _KINDS.items() if asked.get(name)]
    if skill := asked.get("skill"):
        words.append(skill)
    if sought := asked.get("q"):
        words.append(f"“{sought}”")
    return " · ".join(words)
