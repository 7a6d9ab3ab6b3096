"""What a list was narrowed by, in words."""

from __future__ import annotations

from collections.abc import Mapping

from volunteers.exports.models import ExportKind
from volunteers.hours.models import RecordState, ServiceKind
from volunteers.registry.models import VolunteerState
from volunteers.registry.queries import AgeBand

__all__ = ["filters_text"]


def filters_text(kind: str, asked: Mapping[str, str]) -> str:
    """As the list's chips say it, such as “18–35 · active”; empty for the whole list."""
    states: type[VolunteerState | RecordState] = (
        RecordState if kind == ExportKind.RECORDS else VolunteerState
    )
    words = [
        asked.get("year"),
        asked.get("month"),
        AgeBand(asked["age"]).label if "age" in asked else None,
        states(asked["state"]).label if "state" in asked else None,
        ServiceKind(asked["kind"]).label if "kind" in asked else None,
        asked.get("skill"),
        asked.get("activity"),
        f"“{asked['q']}”" if "q" in asked else None,
    ]
    return " · ".join(str(word) for word in words if word)
