"""What a list was narrowed by, in words."""

from __future__ import annotations

from collections.abc import Mapping

from volunteers.exports.models import ExportKind
from volunteers.hours.models import RecordState, ServiceKind
from volunteers.registry.summary import filters_in_words

__all__ = ["filters_text"]


def filters_text(kind: str, asked: Mapping[str, str]) -> str:
    """As the list's chips say it, such as “18–35 · active”; empty for the whole list."""
    if kind == ExportKind.VOLUNTEERS:
        return filters_in_words(asked)
    words = [
        asked.get("year"),
        asked.get("month"),
        RecordState(asked["state"]).label if "state" in asked else None,
        ServiceKind(asked["kind"]).label if "kind" in asked else None,
        asked.get("activity"),
        f"“{asked['q']}”" if "q" in asked else None,
    ]
    return " · ".join(str(word) for word in words if word)
