"""The parts of the copy of a person's data: each topic registers what it gives of its own tables.

A topic registers in its ``copies.py``, which `volunteers.apps` imports when all is ready. A foreign
key to `Volunteer` is given by some part, or its line in `volunteers.registry.ownership` says why
not; a test compares.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.functional import Promise

from volunteers.registry.models import Volunteer

__all__ = ["Part", "Rows", "copy_part", "moment_text", "parts_of_copy"]

# Plain values by field name, in the reader's language; on paper the first one heads the line.
Rows = list[dict[str, Any]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One list in the copy. ``of``: the references that it gives, as ``table.column``."""

    key: str
    title: str | Promise
    of: frozenset[str]
    rows: Callable[[Volunteer], Rows]
    place: int


_parts: dict[str, Part] = {}


def copy_part(
    key: str, *, title: str | Promise, of: Sequence[str] = (), place: int = 9
) -> Callable[[Callable[[Volunteer], Rows]], Callable[[Volunteer], Rows]]:
    """Registers the decorated function as what gives the list ``key`` of the copy.

    It runs in the person's own scope; parts of a lower ``place`` come first. Raises `ValueError`
    for a key that is taken.
    """

    def register(rows: Callable[[Volunteer], Rows]) -> Callable[[Volunteer], Rows]:
        if key in _parts:
            message = f"The part {key!r} of the copy is given twice."
            raise ValueError(message)
        _parts[key] = Part(key=key, title=title, of=frozenset(of), rows=rows, place=place)
        return rows

    return register


def parts_of_copy() -> list[Part]:
    """All parts, by their place."""
    return sorted(_parts.values(), key=lambda part: (part.place, part.key))


def moment_text(at: Any) -> str:
    """A moment in the portal's time as the copy writes it; empty for none."""
    return timezone.localtime(at).isoformat(timespec="minutes") if at else ""
