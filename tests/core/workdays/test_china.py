"""Working days: single years as they were arranged, and what holds for every day."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workdays import (
    due_day,
    first_day_in_time,
    is_published,
    is_working_day,
    working_days_until,
)

DAYS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
COUNTS = st.integers(1, 40)


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 2, 14), True),  # a Saturday worked before the Spring Festival
        (date(2026, 2, 15), False),
        (date(2026, 2, 16), False),
        (date(2026, 2, 23), False),
        (date(2026, 2, 24), True),
        (date(2026, 2, 28), True),
        (date(2025, 1, 26), True),
        (date(2025, 9, 28), True),  # a Sunday worked before the National Day
        (date(2025, 10, 8), False),
        (date(2025, 10, 9), True),
        (date(2025, 10, 11), True),
        (date(2024, 2, 18), True),
        (date(2026, 5, 16), False),
        (date(2026, 5, 18), True),
    ],
)
def test_offices_work_as_the_year_was_arranged(day: date, *, works: bool) -> None:
    assert is_working_day(day) is works


@pytest.mark.parametrize(
    ("served", "due"),
    [
        (date(2026, 5, 16), date(2026, 5, 29)),  # an ordinary Saturday: two weeks
        (date(2026, 5, 15), date(2026, 5, 29)),
        # 12, 13, 14 (Saturday, worked), 24–28 (Saturday, worked), then 2 and 3 March
        (date(2026, 2, 11), date(2026, 3, 3)),
        # 28 (Sunday, worked), 29, 30 September, then 9, 10, 11 (Saturday, worked), 13–16 October
        (date(2025, 9, 27), date(2025, 10, 16)),
        (date(2025, 9, 30), date(2025, 10, 21)),
    ],
)
def test_ten_working_days_over_holidays(served: date, due: date) -> None:
    assert due_day(served, 10) == due


def test_years_to_come_are_counted_without_exchanged_days() -> None:
    assert is_published(2026)
    assert not is_published(2060)
    assert not is_working_day(date(2060, 10, 1))
    assert is_working_day(date(2060, 10, 29))


def test_period_has_at_least_one_day() -> None:
    with pytest.raises(ValueError, match="at least one"):
        due_day(date(2026, 5, 16), 0)


@given(DAYS, COUNTS)
def test_due_day_lies_so_many_working_days_on(day: date, count: int) -> None:
    due = due_day(day, count)
    between = [day + timedelta(days=step) for step in range(1, (due - day).days + 1)]
    assert sum(map(is_working_day, between)) == count
    assert is_working_day(due)


@given(DAYS, COUNTS)
def test_later_service_is_never_due_earlier(day: date, count: int) -> None:
    assert due_day(day, count) <= due_day(day + timedelta(days=1), count)
    assert due_day(day, count) < due_day(day, count + 1)


@given(DAYS, COUNTS)
def test_first_day_in_time_is_the_boundary(today: date, count: int) -> None:
    first = first_day_in_time(today, count)
    assert due_day(first, count) >= today
    assert due_day(first - timedelta(days=1), count) < today


@given(DAYS, st.integers(1, 30))
def test_days_left_count_down_to_the_due_day(today: date, count: int) -> None:
    assert working_days_until(due_day(today, count), today=today) == count
    assert working_days_until(today, today=due_day(today, count)) == -count
