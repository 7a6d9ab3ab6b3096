"""Answers and counts."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TypeGuard

from core.workbooks.errors import CellError
from core.workbooks.shapes import Cell
from core.workbooks.text import WHOLE_DIGITS, is_blank, is_none_word, plain_line, shown, text_of

__all__ = ["parse_count", "parse_yes_no"]

_YES = frozenset(
    "是 是的 √ ✓ ✔ ☑ ✅ 对 有 已 y yes true 1 已规范 已规范化 规范化 已完成 完成 已建 已建立 "
    "已成立 已登记 已注册 达标 已达标".split()
)
_NO = frozenset(
    "否 × ✗ ✘ x ❌ ☒ 不 不是 没有 没 无 未 非 n no false 0 未规范 未规范化 未完成 未建 未建立 "
    "未成立 未登记 未注册 未达标 正在推进 推进中 正在建设 建设中 进行中 正在进行 筹备中 正在筹备 "
    "正在办理 办理中 暂无 暂未 尚未 暂未成立 尚未成立 / \\ - -- — ——".split()
)
_COUNT = re.compile(r"(\d{1,3}(?:,\d{3})+|\d+)(?:\.0*)?\s*(?:人|名|个|人次|次|支|家|户|所|条|场)?")


@lru_cache(maxsize=4096, typed=True)
def parse_yes_no(cell: Cell) -> bool | None:
    """Whether the cell says yes, None for a blank cell; 正在推进 is not yet a yes.

    Raises `CellError` for anything else.
    """
    if is_blank(cell):
        return None
    if isinstance(cell, bool):
        return cell
    word = plain_line(text_of(cell)).replace(" ", "").strip("。.!！").casefold()
    if word in _YES:
        return True
    if word in _NO:
        return False
    raise CellError("answer_unknown", value=shown(cell))


@lru_cache(maxsize=4096, typed=True)
def parse_count(cell: Cell) -> int | None:
    """A whole number from 0 up, None for a blank cell or a word for none: 5805, 5,805, 5805人.

    Raises `CellError`.
    """
    if is_none_word(cell):
        return None
    if isinstance(cell, str):
        if (found := _COUNT.fullmatch(plain_line(cell))) and len(found[1]) <= 15:
            return int(found[1].replace(",", ""))
    elif _is_number(cell) and 0 <= cell < WHOLE_DIGITS and cell == int(cell):
        return int(cell)
    raise CellError("count_unknown", value=shown(cell))


def _is_number(cell: Cell) -> TypeGuard[int | float]:
    """A number cell; Python would count True among them."""
    return isinstance(cell, int | float) and not isinstance(cell, bool)
