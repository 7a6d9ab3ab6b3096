"""Path keys: the primary key of a committee says where it hangs.

Four base-36 characters a tier: ``0001`` is the first province, ``00010018`` its eighteenth city.
Tiers count depth, not level: townships of a city without counties sit at tier 3.
"""

from __future__ import annotations

import re
from typing import Any

from django.db import models

__all__ = [
    "CHARACTERS_PER_TIER",
    "MAX_TIER",
    "WHOLE_KEY",
    "PathKeyField",
    "child_key",
    "is_whole_key",
    "parent_key",
    "tier_of",
]

CHARACTERS_PER_TIER = 4
MAX_TIER = 4
_DIGITS = "0123456789abcdefghijklmnopqrstuvwxyz"
# '{' follows 'z' in the C collation: every key below p lies in [p, p + AFTER_SUBTREE).
AFTER_SUBTREE = "{"
# A regular expression that Python and PostgreSQL read alike.
WHOLE_KEY = f"^([0-9a-z]{{{CHARACTERS_PER_TIER}}}){{1,{MAX_TIER}}}$"


class PathKeyField(models.CharField[str, str]):
    """A path key, compared byte by byte so that a subtree is a range of an index."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs["max_length"] = CHARACTERS_PER_TIER * MAX_TIER
        kwargs["db_collation"] = "C"
        super().__init__(*args, **kwargs)


def is_whole_key(path: str) -> bool:
    """Whether ``path`` is complete: a key cut off would be a range over its siblings too."""
    return re.fullmatch(WHOLE_KEY, path) is not None


def tier_of(path: str) -> int:
    """Depth of the key: 1 for a province."""
    return len(path) // CHARACTERS_PER_TIER


def parent_key(path: str) -> str:
    """The key one tier up; empty for a province."""
    return path[:-CHARACTERS_PER_TIER]


def child_key(parent: str, number: int) -> str:
    """The key of the ``number``-th child (from 1) of ``parent``.

    Raises `ValueError` past the deepest tier or past 36⁴ children.
    """
    if tier_of(parent) >= MAX_TIER:
        message = f"{parent!r} is at the deepest tier."
        raise ValueError(message)
    characters = []
    rest = number
    for _ in range(CHARACTERS_PER_TIER):
        rest, digit = divmod(rest, len(_DIGITS))
        characters.append(_DIGITS[digit])
    if rest or number < 1:
        message = f"No key for child number {number}."
        raise ValueError(message)
    return parent + "".join(reversed(characters))


def ancestor_keys(path: str) -> list[str]:
    """All keys from the province down to and with ``path``."""
    return [path[:end] for end in range(CHARACTERS_PER_TIER, len(path) + 1, CHARACTERS_PER_TIER)]
