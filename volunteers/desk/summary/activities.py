"""The activities that a committee recorded lately, to choose from."""

from __future__ import annotations

from volunteers.hours.models import ServiceRecord

__all__ = ["recent_activities"]

_NEWEST = 500
_MOST_OFFERED = 30


def recent_activities(path: str) -> list[dict[str, str]]:
    """Titles with their kinds, latest first, of the newest records at or below ``path``."""
    rows = ServiceRecord.objects.below(path).order_by("-pk")
    found: dict[str, str] = {}
    for title, kind in rows.values_list("activity_title", "kind")[:_NEWEST]:
        found.setdefault(title, kind)
    return [{"title": title, "kind": kind} for title, kind in list(found.items())[:_MOST_OFFERED]]
