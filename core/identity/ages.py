"""Ages in full years (周岁), counted by the calendar."""

from __future__ import annotations

from datetime import date

__all__ = ["ADULT_AGE", "age_on", "day_of_age", "is_minor", "latest_birth_date"]

# Civil Code, art. 17; volunteers below it need a guardian's consent (中国注册志愿者管理办法 2013).
ADULT_AGE = 18


def age_on(birth_date: date, on: date) -> int:
    """Full years on the day ``on``; a year is full on the birthday itself.

    Who was born on 29 February completes a year on 1 March where there is no such day: the later
    reading, which keeps a minor's protection. PostgreSQL's ``age()`` counts the same way. Raises
    `ValueError` when ``on`` is before the birth.
    """
    if on < birth_date:
        raise ValueError("The day lies before the birth.")
    before_birthday = (on.month, on.day) < (birth_date.month, birth_date.day)
    return on.year - birth_date.year - before_birthday


def is_minor(birth_date: date, on: date) -> bool:
    """Whether the person is under 18 on the day ``on``."""
    return age_on(birth_date, on) < ADULT_AGE


def latest_birth_date(age: int, on: date) -> date:
    """The last day of birth whose people are ``age`` full years old on the day ``on``.

    Everyone born up to then is at least ``age``, so that a column of birth dates can be compared.
    """
    try:
        return on.replace(year=on.year - age)
    except ValueError:  # 29 February in a year that has none: those of 1 March are not there yet.
        return on.replace(year=on.year - age, day=28)


def day_of_age(birth_date: date, age: int = ADULT_AGE) -> date:
    """The first day on which the person is ``age`` full years old, as `age_on` counts."""
    try:
        return birth_date.replace(year=birth_date.year + age)
    except ValueError:  # Born on 29 February, and that year has none.
        return date(birth_date.year + age, 3, 1)
