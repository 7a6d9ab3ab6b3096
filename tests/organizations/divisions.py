"""Files of divisions for tests: the real one, and small ones made row by row."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from core.tenancy.scope import Scope, acting_as
from organizations.committees.domain import DivisionsTaken
from organizations.committees.imports import load_divisions

__all__ = ["REAL_FILE", "SMALL", "Row", "load", "write_divisions"]

REAL_FILE = (
    Path(__file__).resolve().parents[2] / "portal" / "demo" / "data" / "divisions-44-guangdong.csv"
)
# Code, name, level, parent.
Row = tuple[str, str, str, str]
# A province with a city of two counties, and a city without counties.
SMALL: list[Row] = [
    ("99", "安平省", "province", ""),
    ("9901", "清河市", "city", "99"),
    ("9902", "东莞市", "city", "99"),
    ("990101", "长安区", "county", "9901"),
    ("990102", "乐昌县", "county", "9901"),
    ("990101001", "横荷街道", "township", "990101"),
    ("990101002", "太平镇", "township", "990101"),
    ("990102001", "太平镇", "township", "990102"),
    ("990200001", "石碣镇", "township", "9902"),
]


def write_divisions(path: Path, rows: Iterable[Row]) -> Path:
    """Writes the rows as such files come."""
    lines = ["code,name,level,parent", *(",".join(row) for row in rows)]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def load(path: Path) -> DivisionsTaken:
    """Loads a file as the command does."""
    with acting_as(Scope.for_job("load_divisions")):
        return load_divisions(path)
