"""Which key a new child of a committee gets."""

from __future__ import annotations

from collections.abc import Iterable

from core.tenancy.keys import CHARACTERS_PER_TIER, child_key

__all__ = ["ChildNumbers"]


class ChildNumbers:
    """Hands out the keys below each parent: after the highest that was ever given."""

    def __init__(self, paths: Iterable[str]) -> None:
        self._highest: dict[str, int] = {}
        for path in paths:
            parent, last = path[:-CHARACTERS_PER_TIER], path[-CHARACTERS_PER_TIER:]
            self._highest[parent] = max(self._highest.get(parent, 0), int(last, 36))

    def next_below(self, parent: str) -> str:
        """The next key; an empty ``parent`` gives a province's."""
        self._highest[parent] = self._highest.get(parent, 0) + 1
        return child_key(parent, self._highest[parent])
