"""Texts, answers, counts and words for none."""

import datetime as dt
from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks import Cell
from core.workbooks.cells import (
    CellError,
    is_blank,
    is_none_word,
    matching_key,
    parse_count,
    parse_date,
    parse_identity,
    parse_identity_or_phone,
    parse_minutes,
    parse_name,
    parse_phone,
    parse_text,
    parse_time,
    parse_yes_no,
)
from core.workbooks.text import header_key
from tests.core.workbooks.cast import moment

PARSERS: list[Callable[[Cell], object]] = [
    parse_count,
    parse_date,
    parse_identity,
    parse_identity_or_phone,
    parse_minutes,
    parse_name,
    parse_phone,
    parse_text,
    parse_time,
    parse_yes_no,
    is_blank,
    is_none_word,
    lambda cell: parse_date(cell, month_ok=True),
    lambda cell: parse_minutes(cell, unit="minutes"),
]
CELLS: st.SearchStrategy[Cell] = st.one_of(
    st.none(),
    st.text(),
    st.text("0123456789.-/年月日时分点小 :：上下午半eE+,", max_size=20),
    st.floats(),
    st.integers(-(2**63), 2**63 - 1),
    st.booleans(),
    st.dates(),
    st.datetimes(),
    st.times(),
    st.timedeltas(),
)


@given(CELLS)
def test_any_cell_gives_a_value_or_a_sentence(cell: Cell) -> None:
    for parse in PARSERS:
        try:
            parse(cell)
        except CellError as refused:
            assert refused.message  # noqa: PT017 - every parser may refuse


@pytest.mark.parametrize(
    ("cell", "text"),
    [
        (None, ""),
        (" 敬老院  探访 ", "敬老院 探访"),
        ("ＡＢＣ１２３", "ABC123"),
        ("朝阳行动（第１期）", "朝阳行动（第1期）"),
        ("一\u3000二\n三", "一 二 三"),
        ("横\u200b荷\ufeff", "横荷"),
        ("a\x00b\x07c", "abc"),
        (5805.0, "5805"),
        (1.5, "1.5"),
        (True, "TRUE"),
        (dt.date(2026, 5, 3), "2026-05-03"),
        (moment(2026, 5, 3, 8), "2026-05-03 08:00"),
        (dt.time(8), "08:00"),
    ],
    ids=repr,
)
def test_text_is_one_line_in_half_width(cell: Cell, text: str) -> None:
    assert parse_text(cell) == text


@pytest.mark.parametrize(
    "cell", ["是", " 是 ", "√", "✓", "✔", "有", "已规范化", "Y", "yes", "是。", 1.0, True], ids=repr
)
def test_yes(cell: Cell) -> None:
    assert parse_yes_no(cell) is True


@pytest.mark.parametrize(
    "cell",
    ["否", "正在推进", "×", "✗", "X", "ｘ", "无", "没有", "未", "进行中", "/", "No", 0.0, False],
    ids=repr,
)
def test_no(cell: Cell) -> None:
    assert parse_yes_no(cell) is False


@pytest.mark.parametrize("cell", ["也许", 2.0, "2021", dt.date(2026, 5, 3)], ids=repr)
def test_neither_yes_nor_no_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        parse_yes_no(cell)
    assert refused.value.code == "answer_unknown"


@pytest.mark.parametrize(
    "cell", ["无", "/", "／", "-", "－", "—", "暂未成立", "空", "", "  ", None, "暂 无"], ids=repr
)
def test_words_for_none(cell: Cell) -> None:
    assert is_none_word(cell)


@pytest.mark.parametrize("cell", ["荔湾区青年志愿者协会", 0.0, False, "无锡"], ids=repr)
def test_something_is_no_word_for_none(cell: Cell) -> None:
    assert not is_none_word(cell)
    assert not is_blank(cell)


@pytest.mark.parametrize(
    ("cell", "count"),
    [
        (5805.0, 5805),
        (5805, 5805),
        ("5805", 5805),
        ("5,805", 5805),
        ("５８０５", 5805),
        ("5805人", 5805),
        ("5805.0", 5805),
        ("", None),
        ("/", None),
        (0.0, 0),
    ],
    ids=repr,
)
def test_count(cell: Cell, count: int | None) -> None:
    assert parse_count(cell) == count


@pytest.mark.parametrize(
    "cell", ["约5000", 1.5, -1.0, "1.5", True, "9" * 16, 1e300, float("nan"), "58,05"], ids=repr
)
def test_count_that_is_none_is_refused(cell: Cell) -> None:
    with pytest.raises(CellError) as refused:
        parse_count(cell)
    assert refused.value.code == "count_unknown"


def test_matching_key_is_what_spellings_share() -> None:
    assert matching_key("朝阳行动（课业 辅导）") == matching_key("朝阳行动(课业辅导)")
    assert matching_key("Ａ-b") == "ab"


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("姓 名", "姓名"),
        ("姓\n名", "姓名"),
        ("*姓名", "姓名"),
        ("身份证号/手机号", "身份证号手机号"),
        ("服务时长（小时）", "服务时长"),
        ("服务时长(小时", "服务时长"),
        ("所属镇（街）", "所属镇"),
        ("（姓名）", "姓名"),
        ("电话（监护人）", "电话监护人"),
    ],
    ids=repr,
)
def test_header_key(header: str, key: str) -> None:
    assert header_key(header) == key
