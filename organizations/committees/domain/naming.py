"""What follows from a committee's name."""

from __future__ import annotations

from organizations.committees.models import Committee, Level

__all__ = ["LEVELS", "NAME_FIELDS", "full_name_below", "level_below"]

# From the top down.
LEVELS: tuple[str, ...] = (Level.PROVINCE, Level.CITY, Level.COUNTY, Level.TOWNSHIP)
# What a renaming writes.
NAME_FIELDS = ("name", "full_name", "pinyin", "initials")
_SEPARATOR = " / "


def full_name_below(parent: Committee | None, name: str) -> str:
    """The path of names from the city down; a province or city has its own name."""
    if parent is None or parent.level == Level.PROVINCE:
        return name
    return parent.full_name + _SEPARATOR + name


def level_below(level: str) -> str:
    """The level under ``level``; a township has townships below it."""
    return LEVELS[min(LEVELS.index(level) + 1, len(LEVELS) - 1)]
