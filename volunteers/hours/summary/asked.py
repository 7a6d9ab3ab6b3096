"""Which records fit what a list is narrowed by; the page and what is taken along ask alike."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta

from core.tenancy.keys import tier_of
from volunteers.hours.models import ServiceRecord
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.registry.summary import volunteers_matching

__all__ = ["COUNTY_TIER", "OF_A_COUNTY", "records_asked"]

_MOST_PEOPLE = 200
COUNTY_TIER = 3
# No index leads to these: a month without records would be looked for in all of a province.
OF_A_COUNTY = ("month", "kind", "activity")


def records_asked(asked: Mapping[str, str], *, below: str, reach: str) -> ServiceRecordQuerySet:
    """Those recorded by the committee ``below`` (a path key) or under it that all filters fit.

    ``reach`` is the actor's own committee, whose people are searched. ``asked`` may hold ``q``,
    ``state`` and, for a county or less, ``month``, ``kind`` and ``activity``.
    """
    found = ServiceRecord.objects.all()
    if below != reach:
        found = found.below(below)
    if tier_of(below) >= COUNTY_TIER:
        found = _within_county(found, asked)
    if state := asked.get("state"):
        found = found.filter(state=state)
    if words := asked.get("q"):
        people = volunteers_matching(words, below=reach)
        # Keys first: a join would look through all records instead of a few people's.
        found = found.filter(
            volunteer_id__in=list(people.values_list("pk", flat=True)[:_MOST_PEOPLE])
        )
    return found


def _within_county(found: ServiceRecordQuerySet, asked: Mapping[str, str]) -> ServiceRecordQuerySet:
    if month := asked.get("month"):
        first = date.fromisoformat(f"{month}-01")
        after = (first + timedelta(days=31)).replace(day=1)
        found = found.served_between(first, after - timedelta(days=1))
    if kind := asked.get("kind"):
        found = found.filter(kind=kind)
    if activity := asked.get("activity"):
        found = found.filter(activity_title=activity)
    return found
