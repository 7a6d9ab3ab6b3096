"""Dates in every spelling that offices use."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks.cells import CellError, parse_date
from tests.core.workbooks.cast import moment

MAY_3 = dt.date(2026, 5, 3)
DAYS = st.dates(dt.date(1911, 1, 1), dt.date(2099, 12, 31))
FULL_WIDTH = str.maketrans("0123456789-/.", "０１２３４５６７８９－／．")


@pytest.mark.parametrize(
    "cell",
    [
        MAY_3,
        moment(2026, 5, 3, 8, 30),
        46145.0,
        46145,
        46145.354,
        "46145",
        20260503.0,
        20260503,
        "20260503",
        "2026-05-03",
        "2026-5-3",
        "2026/5/3",
        "2026/05/03",
        "2026.5.3",
        "2026.05.03",
        "2026.5.3.",
        "2026年5月3日",
        "2026年05月03日",
        "2026年5月3号",
        "2026 年 5 月 3 日",
        "2026年5月3",
        "２０２６年５月３日",
        "２０２６－０５－０３",
        "２０２６．５．３",
        "2026、5、3",
        "2026。5。3",
        "2026 5 3",
        "2026–05–03",
        " 2026-05-03 ",
        "\u3000'2026-05-03",
        "2026-05-03 08:30",
        "2026-05-03 08:30:00",
        "2026-05-03T08:30:00",
        "2026年5月3日 8:30",
        "2026年5月3日星期日",
        "2026-05-03（周日）",
    ],
    ids=repr,
)
def test_date_is_read_in_each_spelling(cell: str | float | dt.date) -> None:
    assert parse_date(cell) == MAY_3


@pytest.mark.parametrize(
    "cell", [None, "", "  ", "\u3000", "无", "/", "／", "-", "暂无", "——"], ids=repr
)
def test_date_of_a_blank_cell_is_none(cell: str | None) -> None:
    assert parse_date(cell) is None


@pytest.mark.parametrize(
    "cell",
    [
        "2011.3",
        "2011-03",
        "2011/3",
        "2011年3月",
        "2011年03月份",
        "２０１１．３",
        "201103",
        201103.0,
        2011.3,
    ],
    ids=repr,
)
def test_month_is_its_first_day_where_months_will_do(cell: str | float) -> None:
    assert parse_date(cell, month_ok=True) == dt.date(2011, 3, 1)
    with pytest.raises(CellError):
        parse_date(cell)


def test_month_ten_as_text_and_as_number() -> None:
    assert parse_date("2021.10", month_ok=True) == dt.date(2021, 10, 1)
    assert parse_date("2021.1", month_ok=True) == dt.date(2021, 1, 1)
    assert parse_date(2021.12, month_ok=True) == dt.date(2021, 12, 1)
    with pytest.raises(CellError) as refused:
        parse_date(2021.1, month_ok=True)
    assert refused.value.code == "date_january_or_october"


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("2026-02-30", "date_impossible"),
        ("2026年13月1日", "date_impossible"),
        (20261301.0, "date_impossible"),
        ("0026-05-03", "date_impossible"),
        (dt.date(1900, 1, 3), "date_impossible"),
        ("5月3日", "date_no_year"),
        ("5/3", "date_no_year"),
        ("26-05-03", "date_short_year"),
        ("26年5月3日", "date_short_year"),
        ("5/3/2026", "date_day_first"),
        ("2026年5月", "date_no_day"),
        ("2026", "date_no_day"),
        (2026.0, "date_no_day"),
        ("五月三日", "date_unknown"),
        ("昨天", "date_unknown"),
        ("2026-05-03至2026-05-04", "date_unknown"),
        (3.0, "date_unknown"),
        (-5.0, "date_unknown"),
        (2026.5, "date_unknown"),
        (float("nan"), "date_unknown"),
        (float("inf"), "date_unknown"),
        (1e300, "date_unknown"),
        (True, "date_unknown"),
        (dt.time(8), "date_unknown"),
        (dt.timedelta(hours=30), "date_unknown"),
    ],
    ids=repr,
)
def test_date_that_cannot_be_told_is_refused_with_a_sentence(
    cell: str | float | dt.date, code: str
) -> None:
    with pytest.raises(CellError) as refused:
        parse_date(cell)
    assert refused.value.code == code
    assert refused.value.message.endswith(("。", "."))


@given(
    DAYS,
    st.sampled_from(
        [
            "{0:%Y-%m-%d}",
            "{0.year}-{0.month}-{0.day}",
            "{0:%Y/%m/%d}",
            "{0.year}.{0.month}.{0.day}",
            "{0:%Y%m%d}",
            "{0.year}年{0.month}月{0.day}日",
            "{0:%Y}年{0:%m}月{0:%d}日",
            " {0.year} 年 {0.month} 月 {0.day} 日 ",
        ]
    ),
    st.booleans(),
)
def test_date_in_any_spelling_gives_the_date(day: dt.date, spelling: str, full_width: bool) -> None:
    text = spelling.format(day)
    assert parse_date(text.translate(FULL_WIDTH) if full_width else text) == day


@given(DAYS)
def test_date_as_a_serial_number_gives_the_date(day: dt.date) -> None:
    assert parse_date(float((day - dt.date(1899, 12, 30)).days)) == day


@given(DAYS)
def test_month_in_any_spelling_gives_its_first_day(day: dt.date) -> None:
    first = day.replace(day=1)
    for text in (f"{day.year}.{day.month}", f"{day:%Y-%m}", f"{day.year}年{day.month}月"):
        assert parse_date(text, month_ok=True) == first
