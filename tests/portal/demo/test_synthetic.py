"""Synthetic people: valid, never twice, marked."""

from __future__ import annotations

from collections import Counter
from datetime import date
from random import Random

from core.identity.identity_numbers import parse_identity_number
from portal.demo.synthetic.people import _people

TODAY = date(2026, 11, 1)


def test_people_have_valid_numbers_that_never_come_twice() -> None:
    people = list(_people(Random(1), 1, ["0001"] * 40_000, TODAY))
    assert len({person.number for person in people}) == len(people)
    for person in people[::97]:
        number = parse_identity_number(person.number, today=TODAY)
        assert (number.birth_date, number.gender) == (person.born, person.gender)


def test_people_are_of_both_genders() -> None:
    genders = Counter(person.gender for person in _people(Random(1), 1, ["0001"] * 2_000, TODAY))
    assert min(genders["female"], genders["male"]) > 800
