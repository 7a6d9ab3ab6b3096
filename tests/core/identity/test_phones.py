"""Telephones: one stored form for each number, and a sentence for what nobody can dial."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.phones import InvalidPhone, normalize_phone

MOBILES = st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True)


@pytest.mark.parametrize(
    ("text", "stored"),
    [
        ("19900000000", "19900000000"),
        ("199-0000-0000", "19900000000"),
        (" 199 0000 0000\u3000", "19900000000"),
        ("１９９００００００００", "19900000000"),
        ("199－0000—0000", "19900000000"),
        ("\u202d19900000000\u202c", "19900000000"),
        ("+86 199 0000 0000", "19900000000"),
        ("008619900000000", "19900000000"),
        ("8619900000000", "19900000000"),
        ("(+86)19900000000", "19900000000"),
        ("0763-3366666", "0763-3366666"),
        ("07633366666", "0763-3366666"),
        ("（0763）3366666", "0763-3366666"),
        ("+86 763 3366666", "0763-3366666"),
        ("86-763-3366666", "0763-3366666"),
        ("020 3888 9999", "020-38889999"),
        ("0763-3366666-801", "0763-3366666-801"),
        ("0763-3366666转801", "0763-3366666-801"),
        ("400-888-8888", "4008888888"),
        ("+852 5123 4567", "+85251234567"),
        ("0085251234567", "+85251234567"),
        ("+853 6301 2345", "+85363012345"),
        ("+886 912 345 678", "+886912345678"),
        ("+1 202-555-0123", "+12025550123"),
    ],
)
def test_phone_has_one_stored_form(text: str, stored: str) -> None:
    assert normalize_phone(text) == stored


@given(mobile=MOBILES, gaps=st.lists(st.integers(min_value=0, max_value=11), max_size=4))
def test_mobile_is_the_same_however_it_is_spaced(mobile: str, gaps: list[int]) -> None:
    spaced = mobile
    for gap in gaps:
        spaced = f"{spaced[:gap]}-{spaced[gap:]}"

    assert normalize_phone(spaced) == mobile
    assert normalize_phone(f"+86 {spaced}") == mobile


@pytest.mark.parametrize(
    "text", ["0763-3366666", "0763-3366666-801", "4008888888", "+85251234567", "+12025550123"]
)
def test_stored_form_stays_as_it_is(text: str) -> None:
    assert normalize_phone(text) == text


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("", "missing"),
        (" - ", "missing"),
        ("1990000010", "length"),
        ("199000001001", "length"),
        ("199", "length"),
        ("19900000000/19900000001", "several"),
        ("19900000000、0763-3366666", "several"),
        ("无", "characters"),
        ("1990000000a", "characters"),
        ("1.99E+10", "characters"),
        ("85251234567", "unknown"),
        ("12345678901", "unknown"),
        ("3366666", "unknown"),
        ("7633366666", "unknown"),
        ("1062345678", "unknown"),
        ("0000-0000000", "unknown"),
        ("+999 123456", "unknown"),
        ("1", "unknown"),
    ],
)
def test_phone_names_its_fault(text: str, code: str) -> None:
    with pytest.raises(InvalidPhone) as refusal:
        normalize_phone(text)

    assert refusal.value.code == code
    assert refusal.value.message.endswith((".", "。"))


@given(mobile=MOBILES, position=st.integers(min_value=1, max_value=10))
def test_mobile_that_lost_a_digit_is_refused(mobile: str, position: int) -> None:
    with pytest.raises(InvalidPhone):
        normalize_phone(mobile[:position] + mobile[position + 1 :])


@given(text=st.text(max_size=20))
def test_any_text_is_a_number_or_a_fault(text: str) -> None:
    try:
        stored = normalize_phone(text)
    except InvalidPhone:
        return
    assert normalize_phone(stored) == stored
