"""Writes of committees that follow a table; people's single changes are in `organizations.tree`."""

from organizations.committees.domain.divisions import Division, DivisionsTaken, take_divisions

__all__ = ["Division", "DivisionsTaken", "take_divisions"]
