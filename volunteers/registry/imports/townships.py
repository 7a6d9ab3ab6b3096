"""From a township as offices write it to its committee: full or short name, below the importer."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from core.workbooks.text import matching_key
from organizations.committees.models import Committee, Level
from volunteers.registry.imports.faults import RosterFault

__all__ = ["Townships"]

_OFFICES = ("街道办事处", "街道办", "街办", "镇人民政府", "镇政府", "乡人民政府", "乡政府")
_PLAIN = {"街": "街道", "镇": "镇", "乡": "乡"}
_ENDINGS = ("街道", "镇", "乡")


class Townships:
    """The committees that a row may name below ``importer``.

    A name alone never identifies beyond one county: where two fit, the row must say which.
    """

    def __init__(self, importer: Committee, below: Iterable[Committee]) -> None:
        """``below`` is the importer with everything under it that is open."""
        self._importer = importer
        # A full name wins over another one's short name.
        self._full: dict[str, set[str]] = defaultdict(set)
        self._short: dict[str, set[str]] = defaultdict(set)
        self._labels: dict[str, str] = {}
        everything = list(below)
        parents = {committee.parent_id for committee in everything}
        for committee in everything:
            if committee.level == Level.TOWNSHIP or committee.path not in parents:
                self._add(committee)
        self._example = next(iter(self._labels.values()), importer.name)

    def path_of(self, cell: str) -> str:
        """The key of the one committee that ``cell`` names.

        Raises `RosterFault`. A township's own roster may leave the column blank.
        """
        if not cell:
            if list(self._labels) == [self._importer.path]:
                return self._importer.path
            raise RosterFault(
                "township_missing", committee=self._importer.name, example=self._example
            )
        name = _plain_name(cell)
        paths = self._full.get(name) or self._short.get(name) or set()
        if len(paths) == 1:
            (path,) = paths
            return path
        if not paths:
            raise RosterFault(
                "township_unknown",
                value=cell[:30],
                committee=self._importer.name,
                example=self._example,
            )
        first, second = sorted(self._labels[path] for path in paths)[:2]
        raise RosterFault("township_ambiguous", value=cell[:30], first=first, second=second)

    def _add(self, committee: Committee) -> None:
        self._labels[committee.path] = committee.full_name
        parts = [part.strip() for part in committee.full_name.split("/")]
        # Alone, or with the county's and the city's name before it.
        for start in range(len(parts)):
            above = "".join(parts[start:-1])
            self._full[matching_key(above + parts[-1])].add(committee.path)
            self._short[matching_key(above + _short_name(parts[-1]))].add(committee.path)
        self._full[matching_key(committee.code)].add(committee.path)


def _plain_name(cell: str) -> str:
    """The name without the words for its office: 横荷街道办事处 is 横荷街道."""
    name = matching_key(cell)
    for office in _OFFICES:
        if name.endswith(office):
            return name.removesuffix(office) + _PLAIN[office[0]]
    return name


def _short_name(name: str) -> str:
    """横荷 for 横荷街道; names of one character keep their ending."""
    for ending in _ENDINGS:
        if name.endswith(ending) and len(name) - len(ending) >= 2:
            return name.removesuffix(ending)
    return name
