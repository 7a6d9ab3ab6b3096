"""Text of cells and headers, brought into one form."""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from functools import lru_cache

from core.identity.text import plain_text
from core.workbooks.shapes import Cell

__all__ = [
    "fold_width",
    "header_key",
    "is_blank",
    "is_none_word",
    "matching_key",
    "parse_text",
    "plain_line",
    "shown",
    "text_of",
]

# Width only: NFKC would also turn the Chinese comma and parentheses of names and addresses into
# ASCII ones, and so they would stand on certificates.
_FULL_WIDTH = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
_INVISIBLE = dict.fromkeys([0xAD, 0x2060, 0xFEFF, *range(0x200B, 0x2010)])
_CONTROLS = dict.fromkeys(
    code for code in (*range(0x20), *range(0x7F, 0xA0)) if not chr(code).isspace()
)
_FOLD: dict[int, int | None] = {**_CONTROLS, **_INVISIBLE, **_FULL_WIDTH}
_SPACES = re.compile(r"\s+")
_NOTHING = (
    "".join(
        chr(code)
        for code in range(0x3001)
        if chr(code).isspace() or code in _INVISIBLE or code < 0x20
    )
    + "\ufeff"
)
_PARENTHESISED = re.compile(r"[(\[【〔][^)\]】〕]*(?:[)\]】〕]|$)")
# 电话（监护人） is not another way to write 电话.
_SOMEBODY_ELSE = re.compile(
    r"监护|家长|父|母|紧急|备用|负责|经办|填表|审核|单位|guardian|parent", re.IGNORECASE
)
_NO_WORD = re.compile(r"[\W_]+")
_NONE_WORDS = frozenset(
    "无 没有 空 暂无 暂缺 未成立 暂未成立 尚未成立 / // \\ - -- --- — —— – n/a none null".split()
)

WHOLE_DIGITS = 10**15
"""Below this a number cell still knows each of its digits."""


def is_blank(cell: Cell) -> bool:
    """No cell, or nothing visible in it."""
    return cell is None or (isinstance(cell, str) and not cell.strip(_NOTHING))


def is_none_word(cell: Cell) -> bool:
    """Blank, or a word by which offices say that there is none: 无, /, -, 暂未成立, 空 …"""
    if not isinstance(cell, str):
        return cell is None
    return is_blank(cell) or plain_line(cell).replace(" ", "").casefold() in _NONE_WORDS


def fold_width(text: str) -> str:
    """`text` with plain letters and digits, single spaces, nothing invisible.

    Punctuation stays as it was typed.
    """
    if text.isascii() and text.isprintable() and "  " not in text:
        return text.strip()
    folded = unicodedata.normalize("NFC", text.translate(_FOLD))
    return _SPACES.sub(" ", folded).strip()


def plain_line(text: str) -> str:
    """For parsing and comparing, never for keeping: NFKC, single spaces, nothing invisible."""
    return _SPACES.sub(" ", plain_text(text))


def text_of(cell: Cell) -> str:
    """A cell as one reads it on the screen; whole numbers without a decimal point."""
    match cell:
        case None:
            return ""
        case str():
            return fold_width(cell)
        case bool():
            return str(cell).upper()
        case float() if cell.is_integer() and abs(cell) < WHOLE_DIGITS:
            return str(int(cell))
        case dt.datetime():
            return cell.isoformat(sep=" ", timespec="minutes")
        case dt.time():
            return cell.isoformat(timespec="minutes")
        case _:
            return str(cell)


def shown(cell: Cell) -> str:
    """A cell as a sentence quotes it: short."""
    text = text_of(cell)
    return text if len(text) <= 30 else f"{text[:29]}…"


@lru_cache(maxsize=1 << 15, typed=True)
def parse_text(cell: Cell) -> str:
    """A line of text, "" for a blank cell."""
    return text_of(cell)


def matching_key(text: str) -> str:
    """What spellings of one name have in common: letters and digits only, no case."""
    return _NO_WORD.sub("", unicodedata.normalize("NFKC", text).casefold())


@lru_cache(maxsize=4096)
def header_key(text: str) -> str:
    """What spellings of one header have in common.

    "姓 名" gives "姓名", "服务时长（小时）" gives "服务时长", "县（市、区）" gives "县";
    "电话（监护人）" stays "电话监护人".
    """
    plain = unicodedata.normalize("NFKC", text)
    return matching_key(_PARENTHESISED.sub(_unless_another, plain)) or matching_key(plain)


def _unless_another(parenthesised: re.Match[str]) -> str:
    return parenthesised[0] if _SOMEBODY_ELSE.search(parenthesised[0]) else ""
