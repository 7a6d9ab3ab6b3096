"""Codes: one for each half minute, read back for five minutes, telling nobody anything."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from incentives.redemptions.summary.codes import Shown, code_text, person_code, shown_code, step_at

NOON = datetime(2026, 5, 15, 4, 0, 5, tzinfo=UTC)
PEOPLE = st.integers(min_value=1, max_value=2**40 - 1)


@given(PEOPLE, st.integers(min_value=0, max_value=299))
def test_code_is_read_back_for_five_minutes(person: int, seconds: int) -> None:
    code = person_code(person, at=NOON)
    later = NOON + timedelta(seconds=seconds)
    assert shown_code(code_text(code), at=later) == Shown(person, step_at(NOON))


@given(PEOPLE, st.integers(min_value=331, max_value=10**7))
def test_code_is_useless_later(person: int, seconds: int) -> None:
    code = person_code(person, at=NOON)
    assert shown_code(code, at=NOON + timedelta(seconds=seconds)) is None


@given(PEOPLE, st.integers(min_value=0, max_value=15), st.sampled_from("0123456789ABCDEFGHJKMNPQ"))
def test_changed_code_is_no_code(person: int, place: int, letter: str) -> None:
    code = person_code(person, at=NOON)
    changed = code[:place] + letter + code[place + 1 :]
    assert changed == code or shown_code(changed, at=NOON) is None


def test_codes_of_a_person_have_nothing_in_common() -> None:
    """Four letters in a row that stay would be a name by which a merchant knows somebody again."""
    codes = [person_code(7, at=NOON + timedelta(seconds=30 * step)) for step in range(200)]
    parts = [code[place : place + 4] for code in codes for place in range(13)]
    most = max(parts.count(part) for part in set(parts))
    assert most <= 2
    assert len(set(codes)) == len(codes)


def test_letters_that_look_alike_are_read_as_typed() -> None:
    code = person_code(7, at=NOON)
    typed = code.replace("0", "o").replace("1", "l").lower()
    assert shown_code(f" {typed[:8]}-{typed[8:]} ", at=NOON) == Shown(7, step_at(NOON))


@pytest.mark.parametrize("text", ["", "1", "U" * 16, "1" * 17, "１２３４" * 4])
def test_other_texts_are_no_codes(text: str) -> None:
    assert shown_code(text, at=NOON) is None


def test_another_portals_codes_are_not_taken() -> None:
    code = person_code(7, at=NOON)
    with override_settings(SECRET_KEY="another"):
        assert shown_code(code, at=NOON) is None
