"""Lists of a chat group: ``1. 张三 3小时``, ``2、李四 2.5h``, 接龙, names one a line."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field

from volunteers.desk.pasting.lines import Parts, parts_of, plain_line
from volunteers.desk.pasting.noise import NO_NAMES, SAID, is_noise
from volunteers.desk.pasting.persons import read_person
from volunteers.desk.pasting.shapes import NO_CELLS, Pasted, PastedRow

__all__ = ["read_chat"]

MOST_CHARACTERS = 300

_CIRCLED = re.compile(r"[①-⑳⑴-⒇⒈-⒛❶-❿➀-➉➊-➓]")
_ORDINAL = re.compile(
    r"\s*(?:[(]\s*\d{1,3}\s*[)]|第\d{1,3}[个位]|\d{1,3}\s*(?:[、,:;)]|[.](?!\d))|\d{1,3}\s+(?=\D)"
    r"|\d{1,3}(?=(?![小个点點时時月分年日号号位人])[\u3400-\u9fff]))\s*"
)
# The line a chain begins with, which may name the day and the activity behind the word.
_CHAIN = re.compile(r"#?\s*接龙(?![\u3400-\u9fff])")
_LABELLED = re.compile(r"([\u3400-\u9fff]{2,6})\s*:\s*(.+)")
# What a label introduces: an activity, a day or times; somebody; anything else is no row.
_ACTIVITY = frozenset("活动 活动名称 活动内容 活动项目 项目 项目名称 服务项目 服务内容".split())
_WHEN = frozenset("日期 活动日期 服务日期 时间 活动时间 服务时间".split())
_SOMEBODY = frozenset("姓名 志愿者 志愿者姓名 名字".split())
# The colon of a clock stands between digits; any other separates words.
_COLON = re.compile(r"(?<!\d):|:(?!\d)")
_NUMBERS = re.compile(
    r"(?<![0-9])(?:[0-9]{17}[0-9Xx]|(?:\+?86[ -]?)?1[3-9][0-9](?:[ -]?[0-9]{4}){2}|[0-9]{9,10})"
    r"(?![0-9])"
)
_TAIL = re.compile(r"(?:尾号|后四位|后4位)\s*[:]?\s*([0-9]{3,4}X?)", re.IGNORECASE)
_BETWEEN = re.compile(r"[\s,;:/|()\[\]【】<>《》“”\"'。!?~+=-]+")
_SEVERAL = re.compile(r"[、,/&和]")
_NAME = re.compile(
    r"[\u3400-\u9fff\U00020000-\U0003ffff]{2,4}"
    r"|[\u3400-\u9fff]{1,10}(?:·[\u3400-\u9fff]{1,10})+"
)
_WORD = re.compile(r"[A-Za-z\u3400-\u9fff\U00020000-\U0003ffff]")
_LATIN = re.compile(r"[A-Za-z][A-Za-z'’.-]*(?: [A-Za-z][A-Za-z'’.-]*){1,4}")


@dataclass(slots=True)
class _Above:
    """What titles above say for the lines below."""

    cells: dict[str, str] = field(default_factory=dict)

    def take(self, parts: Parts) -> None:
        """A day or a stretch of time; a later title replaces an earlier one's."""
        if parts.date:
            self.cells["date"] = parts.date
        if parts.start:
            self.cells |= {"start": parts.start, "end": parts.end}


def read_chat(text: str) -> Pasted:
    """Each line that names one person is a row; see `reading.read_pasted`.

    Where two lines or more are numbered, one without a number that says neither when nor how long
    comes back unread: what stands between the entries of a chain is said, not signed.
    """
    rows: list[PastedRow] = []
    unread: list[str] = []
    left_out: list[str] = []
    above = _Above()
    lines = text.splitlines()
    counted = [_is_counted(line) for line in lines]
    numbered = sum(counted) > 1
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        if len(line) > MOST_CHARACTERS:
            unread.append(line.strip())
            continue
        plain = _without_ordinal(line)
        if _says_for_all(plain, above, is_entry=counted[number - 1]):
            left_out.append(line.strip())
            continue
        cells = _row_of(plain)
        if cells is not None and numbered and not counted[number - 1]:
            cells = None if _says_only_words(cells) else cells
        if cells is not None:
            rows.append(PastedRow(number, {**NO_CELLS, **above.cells, **cells}))
        else:
            (left_out if _is_title(plain, above) else unread).append(line.strip())
    return Pasted(tuple(rows), tuple(unread), tuple(left_out))


def _says_for_all(plain: str, above: _Above, *, is_entry: bool) -> bool:
    """Whether the line is noise, or begins a chain; of a title the day and times are taken over."""
    if not is_noise(plain, is_entry=is_entry):
        return bool(_CHAIN.match(plain)) and _is_title(plain, above)
    _is_title(plain, above)
    return True


def _is_counted(line: str) -> bool:
    """Whether the line begins with its number in the list."""
    return bool(_CIRCLED.match(line.strip()) or _ORDINAL.match(plain_line(line)))


def _says_only_words(cells: Mapping[str, str]) -> bool:
    return cells.keys() <= {"person", "note"} and not re.search(r"[0-9A-Za-z]", cells["person"])


def _without_ordinal(line: str) -> str:
    plain = plain_line(_CIRCLED.sub(" ", line))
    return _ORDINAL.sub("", plain, count=1).strip() if _ORDINAL.match(plain) else plain.strip()


def _is_title(plain: str, above: _Above) -> bool:
    """Whether the line says what, or when, for the lines below."""
    labelled = _LABELLED.fullmatch(plain)
    if labelled and labelled[1] in _ACTIVITY:
        above.cells["activity"] = labelled[2].strip()
        return True
    if labelled and labelled[1] not in _WHEN:
        return False
    parts = parts_of(labelled[2] if labelled else plain, bare_hours=False)
    above.take(parts)
    return parts.says_when


def _row_of(plain: str) -> dict[str, str] | None:
    """The cells of a line that names one person, None for any other."""
    labelled = _LABELLED.fullmatch(plain)
    if labelled and labelled[1] in _SOMEBODY:
        plain = labelled[2]
    elif labelled and labelled[1] in NO_NAMES | _ACTIVITY | _WHEN:
        return None
    numbers, rest = _numbers_of(_COLON.sub(" ", plain.replace("@", " ")))
    parts = parts_of(rest, bare_hours=True)
    name, note = _name_of(parts.rest)
    person = f"{name or ''} {numbers}".strip()
    if name is None or read_person(person).is_nothing:
        return None
    cells = {
        "person": person,
        "date": parts.date,
        "start": parts.start,
        "end": parts.end,
        "hours": parts.hours,
        "note": note,
    }
    return {key: value for key, value in cells.items() if value}


def _numbers_of(plain: str) -> tuple[str, str]:
    """Telephone, identity and portal numbers and last digits, and the line without them."""
    tail = _TAIL.search(plain)
    found = _NUMBERS.findall(plain) + ([tail[1]] if tail else [])
    return " ".join(found), _NUMBERS.sub(" ", _TAIL.sub(" ", plain))


def _name_of(rest: str) -> tuple[str | None, str]:
    """The name and what else is said; None where several people are named, "" where nobody is."""
    if latin := _LATIN.fullmatch(rest.strip(" .,;:()")):
        return latin[0], ""
    words = [word for word in _BETWEEN.split(rest) if word]
    listed = [word for word in _SEVERAL.split(rest) if _NAME.fullmatch(word.strip())]
    if len(listed) > 1:
        return None, ""
    # A name stands first; in a sentence something else does.
    first = next((word for word in words if word not in NO_NAMES and _WORD.match(word)), "")
    if not _NAME.fullmatch(first) or SAID.fullmatch(first):
        return "", " ".join(words)
    at = words.index(first)
    return first, " ".join(words[:at] + words[at + 1 :])
