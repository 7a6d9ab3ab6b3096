"""A large sheet of hours as an office keeps it, faults included."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path
from typing import NamedTuple

from xlsxwriter import Workbook

__all__ = ["HEADERS", "Person", "SheetRow", "hour_rows", "write_sheet"]

HEADERS = (
    "姓名", "身份证号/手机号", "活动名称", "服务日期", "开始时间", "结束时间", "服务时长（小时）",
    "备注",
)  # fmt: skip
_ACTIVITIES = ("敬老院探访", "河小青巡河护水", "文明交通劝导", "朝阳行动课业辅导", "社区便民服务")
_STARTS = (8, 10, 14, 16)
_SPELLINGS = ("{:%Y-%m-%d}", "{0.year}年{0.month}月{0.day}日", "{:%Y/%m/%d}", "{:%Y.%m.%d}")
# One row in so many is at fault, by turns in one of six ways: about eight of a hundred.
_FAULT_EVERY = 12


@dataclass(frozen=True, slots=True)
class Person:
    """A volunteer, by the number that is registered."""

    name: str
    number: str


class SheetRow(NamedTuple):
    """The cells under `HEADERS`, and whether the row has to be taken."""

    cells: tuple[str, ...]
    is_sound: bool


def hour_rows(people: Sequence[Person], count: int, *, newest: date) -> Iterator[SheetRow]:
    """``count`` rows over ``people``, four stretches a day and person, backwards from ``newest``.

    Faulty ones: nobody's number, another name, a day in the future, an end before the start, more
    hours than the stretch has, and the time of the row before once more.
    """
    before: tuple[str, ...] = ()
    for place in range(count):
        cells = _cells(people, place, newest)
        if place % _FAULT_EVERY or not place:
            before = cells
            yield SheetRow(cells, is_sound=True)
        else:
            kind = place // _FAULT_EVERY % 6
            yield SheetRow(_spoilt(cells, kind, before, newest), is_sound=False)


def write_sheet(path: Path, rows: Sequence[SheetRow]) -> None:
    """An xlsx with a title over its header row."""
    with Workbook(str(path), {"constant_memory": True, "strings_to_formulas": False}) as workbook:
        sheet = workbook.add_worksheet("时长")
        sheet.write_string(0, 0, "志愿服务时长登记表")
        for line, cells in enumerate([HEADERS, *(row.cells for row in rows)], start=1):
            for column, cell in enumerate(cells):
                sheet.write_string(line, column, cell)


def _cells(people: Sequence[Person], place: int, newest: date) -> tuple[str, ...]:
    nth, who = divmod(place, len(people))
    day = newest - timedelta(days=nth // len(_STARTS))
    start = _STARTS[nth % len(_STARTS)]
    return (
        people[who].name,
        people[who].number,
        _ACTIVITIES[place % len(_ACTIVITIES)],
        _SPELLINGS[place % len(_SPELLINGS)].format(day),
        f"{start:02d}:00",
        f"{start + 1}：30" if place % 5 == 0 else f"{start + 1:02d}:30",
        "1.5" if place % 3 else "1小时30分",
        "" if place % 7 else "见签到表",
    )


def _spoilt(
    cells: tuple[str, ...], kind: int, before: tuple[str, ...], newest: date
) -> tuple[str, ...]:
    name, number, activity, day, start, end, hours, note = cells
    future = f"{newest.year + 9}-01-01"
    return (
        (name, "449900195001019999", activity, day, start, end, hours, note),
        (f"{name}某", number, activity, day, start, end, hours, note),
        (name, number, activity, future, start, end, hours, note),
        (name, number, activity, day, end, start, hours, note),
        (name, number, activity, day, start, end, "9", note),
        (*before[:4], before[4], before[5], "1", "又一次"),
    )[kind]
