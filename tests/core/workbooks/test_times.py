"""Times of day and hours in every spelling that offices use."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks.cells import CellError, parse_minutes, parse_time, unit_of_header
from tests.core.workbooks.cast import moment


@pytest.mark.parametrize(
    ("cell", "time"),
    [
        (dt.time(8, 0), dt.time(8)),
        (dt.time(7, 59, 59, 999_997), dt.time(8)),
        (dt.time(23, 59, 59, 999_999), dt.time(23, 59, 59)),
        (moment(2026, 5, 3, 8, 30), dt.time(8, 30)),
        (1 / 3, dt.time(8)),
        (0.3541666666666667, dt.time(8, 30)),
        (0.0, dt.time(0)),
        (46145.5, dt.time(12)),
        ("08:00", dt.time(8)),
        ("8:00", dt.time(8)),
        ("08：00", dt.time(8)),
        ("０８：００", dt.time(8)),
        ("8:00:30", dt.time(8, 0, 30)),
        ("8;30", dt.time(8, 30)),
        ("8 : 30", dt.time(8, 30)),
        ("0830", dt.time(8, 30)),
        ("8点", dt.time(8)),
        ("8点钟", dt.time(8)),
        ("8点整", dt.time(8)),
        ("8点30", dt.time(8, 30)),
        ("8点30分", dt.time(8, 30)),
        ("8时30分", dt.time(8, 30)),
        ("8点半", dt.time(8, 30)),
        ("8点一刻", dt.time(8, 15)),
        ("上午8点30", dt.time(8, 30)),
        ("上午8:30", dt.time(8, 30)),
        ("下午2:00", dt.time(14)),
        ("下午2点半", dt.time(14, 30)),
        ("下午14:00", dt.time(14)),
        ("下午 2：05", dt.time(14, 5)),
        ("中午12点", dt.time(12)),
        ("中午1点", dt.time(13)),
        ("下午12:30", dt.time(12, 30)),
        ("晚上7点", dt.time(19)),
        ("凌晨12点", dt.time(0)),
        ("8:30 AM", dt.time(8, 30)),
        ("2:00 PM", dt.time(14)),
        ("2:00p.m.", dt.time(14)),
        (" 14:00 ", dt.time(14)),
    ],
    ids=repr,
)
def test_time_is_read_in_each_spelling(cell: str | float | dt.time, time: dt.time) -> None:
    assert parse_time(cell) == time


@pytest.mark.parametrize("cell", [None, "", " ", "无", "/", "-"], ids=repr)
def test_time_of_a_blank_cell_is_none(cell: str | None) -> None:
    assert parse_time(cell) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("25:00", "time_impossible"),
        ("8:75", "time_impossible"),
        ("8点75分", "time_impossible"),
        ("24:00", "time_midnight"),
        (1.0, "time_midnight"),
        ("晚上12点", "time_midnight"),
        ("上午12:00", "time_noon_or_midnight"),
        ("12:30 am", "time_noon_or_midnight"),
        ("8:00-11:00", "time_range"),
        ("8点至11点", "time_range"),
        ("8", "time_unknown"),
        (8.0, "time_unknown"),
        (8.3, "time_unknown"),
        ("8.30", "time_unknown"),
        ("上午", "time_unknown"),
        (-0.5, "time_unknown"),
        (float("nan"), "time_unknown"),
        (dt.date(2026, 5, 3), "time_unknown"),
        (dt.timedelta(hours=30), "time_unknown"),
        (True, "time_unknown"),
    ],
    ids=repr,
)
def test_time_that_cannot_be_told_is_refused(cell: str | float | dt.date, code: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_time(cell)
    assert refused.value.code == code


@given(st.times().map(lambda time: time.replace(microsecond=0)))
def test_time_in_any_spelling_gives_the_time(time: dt.time) -> None:
    minute = time.replace(second=0)
    half = "上午" if time.hour < 12 else "下午"
    assert parse_time(f"{time:%H:%M:%S}") == time
    assert parse_time(f"{time:%H：%M}") == minute
    assert parse_time(f"{time.hour}点{time.minute}分") == minute
    if time.hour % 12:
        assert parse_time(f"{half}{time.hour % 12}:{time:%M}") == minute
    seconds = (time.hour * 60 + time.minute) * 60 + time.second
    assert parse_time(seconds / 86_400) == time


@pytest.mark.parametrize(
    ("cell", "minutes"),
    [
        (3, 180),
        (3.0, 180),
        (1.5, 90),
        (1.33, 80),
        (0, 0),
        ("3", 180),
        ("3.0", 180),
        ("1.5", 90),
        ("３", 180),
        ("１．５", 90),
        ("3小时", 180),
        ("３小时", 180),
        ("3 小时", 180),
        ("3个小时", 180),
        ("2小时30分", 150),
        ("2小时30分钟", 150),
        ("2 小时 30 分", 150),
        ("２小时３０分", 150),
        ("2时30分", 150),
        ("2小时半", 150),
        ("2个半小时", 150),
        ("两个半小时", 150),
        ("半小时", 30),
        ("半个小时", 30),
        ("一小时", 60),
        ("2.5小时", 150),
        ("2.5h", 150),
        ("2.5 H", 150),
        ("2h30m", 150),
        ("2h30min", 150),
        ("2 hours 30 minutes", 150),
        ("90分钟", 90),
        ("90分", 90),
        ("90min", 90),
        ("2:30", 150),
        ("2：30", 150),
        ("02:30:00", 150),
        ("3小时整", 180),
        (dt.time(2, 30), 150),
        (dt.timedelta(hours=30), 1800),
    ],
    ids=repr,
)
def test_hours_are_read_in_each_spelling(cell: str | float | dt.time, minutes: int) -> None:
    read = parse_minutes(cell)
    assert read == minutes
    assert type(read) is int


def test_bare_numbers_are_minutes_only_where_the_header_says_so() -> None:
    assert unit_of_header("服务时长（小时）") == "hours"
    assert unit_of_header("服务时长") == "hours"
    assert unit_of_header("时长(小时/分钟)") == "hours"
    assert unit_of_header("评分（分数）") == "hours"
    assert unit_of_header("服务时长（分钟）") == "minutes"
    assert unit_of_header("服务时长（分）") == "minutes"
    assert parse_minutes(90.0, unit="minutes") == 90
    assert parse_minutes("90", unit="minutes") == 90
    assert parse_minutes("2小时", unit="minutes") == 120


@pytest.mark.parametrize("cell", [None, "", " ", "无", "/"], ids=repr)
def test_hours_of_a_blank_cell_are_none(cell: str | None) -> None:
    assert parse_minutes(cell) is None


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        ("三", "hours_unknown"),
        ("约3小时", "hours_unknown"),
        ("一天", "hours_unknown"),
        ("小时", "hours_unknown"),
        ("1,5", "hours_unknown"),
        (True, "hours_unknown"),
        (-1.0, "hours_negative"),
        ("-3", "hours_negative"),
        (float("nan"), "hours_negative"),
        (float("inf"), "hours_too_many"),
        (1e300, "hours_too_many"),
        ("9" * 400, "hours_too_many"),
        (dt.date(1900, 1, 3), "hours_as_date"),
        (moment(1900, 1, 3, 12), "hours_as_date"),
    ],
    ids=repr,
)
def test_hours_that_cannot_be_told_are_refused(cell: str | float | dt.date, code: str) -> None:
    with pytest.raises(CellError) as refused:
        parse_minutes(cell)
    assert refused.value.code == code


@given(st.integers(0, 24 * 60))
def test_hours_in_any_spelling_give_the_minutes(minutes: int) -> None:
    hours, rest = divmod(minutes, 60)
    for text in (
        f"{hours}小时{rest}分",
        f"{hours}:{rest:02}",
        f"{minutes}分钟",
        f"{hours}h{rest}m",
    ):
        assert parse_minutes(text) == minutes
    assert parse_minutes(minutes / 60) == minutes
    assert parse_minutes(dt.timedelta(minutes=minutes)) == minutes
