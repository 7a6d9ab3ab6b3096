"""Workbooks for tests of imports: those of the demonstration, and others made row by row."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from xlsxwriter import Workbook

from core.tenancy.scope import acting_as
from core.workbooks import Column, Sheet, read_workbook
from core.workbooks.results import ImportResult
from core.workbooks.shapes import Cell
from organizations.accounts.actors import Actor
from organizations.committees.models import Committee
from tests.factories.committees import add_committee
from volunteers.hours.imports import HOURS_COLUMNS, import_hours
from volunteers.registry.imports import ROSTER_COLUMNS, import_roster

__all__ = [
    "DATA",
    "HOURS_HEADER",
    "ROSTER_HEADER",
    "add_townships",
    "expected_faults",
    "faults_of",
    "import_file",
    "rows_of",
    "write_workbook",
]

ROOT = Path(__file__).resolve().parents[2]
DATA = ROOT / "portal" / "demo" / "data" / "workbooks"
ROSTER_HEADER = (
    "序号", "姓 名", "性别", "身份证号", "联系电话", "政治面貌", "所属镇（街）", "服务专长",
    "注册时间", "监护人电话",
)  # fmt: skip
HOURS_HEADER = (
    "姓名", "身份证号/手机号", "活动名称", "服务日期", "开始时间", "结束时间", "服务时长（小时）",
    "备注",
)  # fmt: skip
# The townships that the two counties' workbooks name, beside those that every test knows.
_TOWNSHIPS = {
    "441802": (
        "凤城街道", "东城街道", "洲心街道", "龙塘镇", "石角镇", "飞来峡镇",
        "清远市高新技术产业开发区", "清远市国营银盏林场",
    ),
    "440606": (
        "大良街道", "容桂街道", "伦教街道", "勒流街道", "均安镇", "杏坛镇", "龙江镇", "乐从镇",
    ),
}  # fmt: skip


def add_townships(counties: dict[str, Committee]) -> None:
    """Writes the townships of both counties; call it inside `as_owner`."""
    for code, names in _TOWNSHIPS.items():
        for number, name in enumerate(names, start=1):
            add_committee(
                code=f"{code}9{number:02d}", name=name, level="township", parent=counties[code]
            )


def expected_faults(name: str) -> list[tuple[int, str]]:
    """Row and field of each row that must be refused."""
    faults = json.loads((DATA / "expected-faults.json").read_text(encoding="utf-8"))
    return [(fault["row"], fault["field"]) for fault in faults[name]]


def faults_of(result: ImportResult) -> list[tuple[int, str]]:
    """Row and field of each row that was refused."""
    return [(row.row, row.field) for row in result.refused]


def rows_of(path: Path, columns: Sequence[Column]) -> list[tuple[Cell, ...]]:
    """The records of a workbook, cell by cell."""
    with read_workbook(path, columns) as sheet:
        return [row.cells for row in sheet.rows]


def write_workbook(
    path: Path, header: Sequence[str], rows: Iterable[Sequence[Any]], *, title: str = ""
) -> Path:
    """A workbook with a title row (if any), a header and rows; texts stay texts."""
    with Workbook(str(path), {"strings_to_numbers": False}) as workbook:
        sheet = workbook.add_worksheet()
        formats = {
            "date": workbook.add_format({"num_format": "yyyy-mm-dd"}),
            "time": workbook.add_format({"num_format": "hh:mm"}),
        }
        lines: list[Sequence[Any]] = [[title]] if title else []
        for number, cells in enumerate([*lines, header, *rows]):
            for place, cell in enumerate(cells):
                kind = type(cell).__name__
                if kind in formats:
                    sheet.write_datetime(number, place, cell, formats[kind])
                else:
                    sheet.write(number, place, cell)
    return path


def import_file(
    kind: str, path: Path, *, committee: Committee, actor: Actor, check: bool = False
) -> ImportResult:
    """Imports a workbook in a scope of its own, without the child process."""
    with acting_as(actor.scope):
        if kind == "volunteers":
            with _opened(path, ROSTER_COLUMNS) as sheet:
                return import_roster(
                    sheet, committee=committee, actor=actor, consent="本单位已取得同意", check=check
                )
        with _opened(path, HOURS_COLUMNS) as sheet:
            return import_hours(
                sheet,
                committee=committee,
                actor=actor,
                title=path.name,
                evidence=path.name,
                check=check,
            )


@contextmanager
def _opened(path: Path, columns: Sequence[Column]) -> Iterator[Sheet]:
    with read_workbook(path, columns) as sheet:
        yield sheet
