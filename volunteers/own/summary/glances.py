"""What topics above say at a glance on a volunteer's first page: stars, and what else there is."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

__all__ = ["Glance", "glance", "glances_of"]


@dataclass(frozen=True, slots=True)
class Glance:
    """A figure with its label, its unit, a few words below it, and where it leads to."""

    label: str
    value: str
    unit: str
    detail: str
    url: str


Say = Callable[[int], Glance | None]
_SAYING: dict[str, Say] = {}


def glance(name: str) -> Callable[[Say], Say]:
    """Has the function asked for each volunteer, by id; None says nothing.

    Raises `ValueError` for a name that is taken.
    """

    def register(say: Say) -> Say:
        if name in _SAYING:
            message = f"Two glances are called {name!r}."
            raise ValueError(message)
        _SAYING[name] = say
        return say

    return register


def glances_of(volunteer_id: int) -> list[Glance]:
    """All that there is to say, in the order in which topics were read."""
    said = (say(volunteer_id) for say in _SAYING.values())
    return [each for each in said if each is not None]
