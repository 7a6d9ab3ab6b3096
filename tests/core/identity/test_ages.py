"""Ages by the calendar."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.ages import age_on, is_minor, latest_birth_date

DATES = st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31))


@pytest.mark.parametrize(
    ("birth_date", "on", "age"),
    [
        (date(2008, 11, 1), date(2026, 10, 31), 17),
        (date(2008, 11, 1), date(2026, 11, 1), 18),
        (date(2008, 2, 29), date(2026, 2, 28), 17),
        (date(2008, 2, 29), date(2026, 3, 1), 18),
        (date(2008, 2, 29), date(2028, 2, 29), 20),
        (date(2026, 5, 4), date(2026, 5, 4), 0),
    ],
)
def test_age_turns_on_the_birthday(birth_date: date, on: date, age: int) -> None:
    assert age_on(birth_date, on) == age
    assert is_minor(birth_date, on) is (age < 18)


def test_age_before_birth_is_refused() -> None:
    with pytest.raises(ValueError, match="before the birth"):
        age_on(date(2026, 5, 4), date(2026, 5, 3))


@given(birth_date=DATES, on=DATES)
def test_age_never_falls(birth_date: date, on: date) -> None:
    if on < birth_date:
        birth_date, on = on, birth_date
    grown = age_on(birth_date, on + timedelta(days=1)) - age_on(birth_date, on)

    assert grown in {0, 1}


@given(birth_date=DATES, on=DATES, age=st.integers(min_value=0, max_value=99))
def test_latest_birth_date_divides_by_age(birth_date: date, on: date, age: int) -> None:
    if on < birth_date:
        birth_date, on = on, birth_date
    assert (birth_date <= latest_birth_date(age, on)) is (age_on(birth_date, on) >= age)
