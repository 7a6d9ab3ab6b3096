"""Unified social credit codes (GB 32100-2015)."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.credit_codes import credit_code_check, is_credit_code

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"


def test_code_of_the_standard_is_valid() -> None:
    """The example of GB 32100-2015, annex."""
    assert is_credit_code("91350100M000100Y43")


@given(st.text(_ALPHABET, min_size=17, max_size=17), st.integers(0, 16), st.sampled_from(_ALPHABET))
def test_one_wrong_character_is_found(body: str, place: int, other: str) -> None:
    code = body + credit_code_check(body)
    changed = code[:place] + other + code[place + 1 :]
    assert is_credit_code(code)
    assert is_credit_code(changed) == (changed == code)


@pytest.mark.parametrize("text", ["", "91350100M000100Y4", "91350100m000100y43", "9" * 19])
def test_other_texts_are_none(text: str) -> None:
    assert not is_credit_code(text)
