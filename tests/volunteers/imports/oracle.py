"""What an import must refuse, decided row by row and without the code under test.

Only the spellings of the demonstration's workbooks are read here; what the faults are is taken from
their description (data/README.md): the first that holds, in that order.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterable, Mapping
from typing import Any

Row = tuple[int, tuple[Any, ...]]

_WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)
_FORM = re.compile(r"\d{17}[\dX]")


def roster_faults(
    rows: Iterable[Row],
    *,
    townships: set[str],
    today: dt.date,
    registered: set[str] = frozenset(),  # type: ignore[assignment]
) -> list[tuple[int, str]]:
    """Row and field of each row of a roster that must be refused."""
    seen: set[str] = set()
    faults = []
    for number, cells in rows:
        _, _, gender, identity, phone, _, township, _, _, guardian = cells
        text = _plain(identity)
        field = _roster_field(text, identity, gender, phone, township, guardian, townships, today)
        valid = not isinstance(identity, float) and _is_identity(text)
        if not field and (text in seen or text in registered):
            field = "duplicate"
        if valid:
            seen.add(text)
        if field:
            faults.append((number, field))
    return faults


def _roster_field(
    text: str,
    identity: Any,
    gender: str,
    phone: Any,
    township: str,
    guardian: Any,
    townships: set[str],
    today: dt.date,
) -> str:
    if isinstance(identity, float) or not _is_identity(text):
        return "id_number"
    if (int(text[16]) % 2 == 1) != (gender == "男"):
        return "gender"
    if len(_digits(phone)) != 11:
        return "phone"
    if not any(township in {name, re.sub("(街道|镇)$", "", name)} for name in townships):
        return "township"
    born = dt.date(int(text[6:10]), int(text[10:12]), int(text[12:14]))
    adult_on = born.replace(year=born.year + 18)
    return "guardian_phone" if adult_on > today and not guardian else ""


def hours_faults(
    rows: Iterable[Row],
    *,
    names: Mapping[str, str],
    numbers_by_phone: Mapping[str, str],
    today: dt.date,
) -> list[tuple[int, str]]:
    """Row and field of each row of an hour sheet; ``names`` are by identity number."""
    taken: dict[str, list[tuple[dt.datetime, dt.datetime]]] = {}
    faults = []
    for number, cells in rows:
        name, written, _, day, start, end, hours, _ = cells
        identity = numbers_by_phone.get(_digits(written), _plain(written))
        served_on = _date(day)
        starts = dt.datetime.combine(served_on, _time(start))
        ends = dt.datetime.combine(served_on, _time(end))
        minutes = _minutes(hours)
        if identity not in names:
            field = "volunteer"
        elif names[identity] != name:
            field = "name"
        elif served_on > today:
            field = "date"
        elif ends <= starts:
            field = "time"
        elif minutes > 24 * 60 or minutes > (ends - starts).total_seconds() / 60:
            field = "hours"
        elif any(starts < other_end and other_start < ends
                 for other_start, other_end in taken.get(identity, [])):  # fmt: skip
            field = "overlap"
        else:
            taken.setdefault(identity, []).append((starts, ends))
            continue
        faults.append((number, field))
    return faults


def _plain(cell: Any) -> str:
    if isinstance(cell, float):
        return str(int(cell))
    return unicodedata.normalize("NFKC", str(cell)).strip().upper()


def _digits(cell: Any) -> str:
    return re.sub(r"\D", "", _plain(cell))


def _is_identity(text: str) -> bool:
    if not _FORM.fullmatch(text):
        return False
    total = sum(weight * int(digit) for weight, digit in zip(_WEIGHTS, text[:17], strict=True))
    return "10X98765432"[total % 11] == text[17]


def _date(cell: Any) -> dt.date:
    if isinstance(cell, dt.datetime):
        return cell.date()
    if isinstance(cell, dt.date):
        return cell
    if isinstance(cell, float):
        return dt.date(1899, 12, 30) + dt.timedelta(days=int(cell))
    year, month, day = re.findall(r"\d+", cell)
    return dt.date(int(year), int(month), int(day))


def _time(cell: Any) -> dt.time:
    if isinstance(cell, dt.time):
        return cell
    hour, minute = _plain(cell).split(":")
    return dt.time(int(hour), int(minute))


def _minutes(cell: Any) -> float:
    if isinstance(cell, float | int):
        return cell * 60
    hours, minutes = re.fullmatch(r"(\d+)小时(?:(\d+)分)?", cell).groups(default="0")  # type: ignore[union-attr]
    return int(hours) * 60 + int(minutes)
