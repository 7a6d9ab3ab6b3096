"""GB 11643-1999, and sentences that say what to do."""

from datetime import date, timedelta

import pytest
import time_machine
from django.utils import translation
from hypothesis import given
from hypothesis import strategies as st

from core.identity.identity_numbers import (
    Gender,
    InvalidIdentityNumber,
    check_character,
    identity_number_from_cell,
    parse_identity_number,
)

TODAY = date(2026, 11, 1)
BIRTH_DATES = st.dates(min_value=date(1900, 1, 1), max_value=TODAY)
AREAS = st.integers(min_value=0, max_value=999_999)
SEQUENCES = st.integers(min_value=0, max_value=999)
WEIGHTS = (7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2)


def made_number(area: int, birth_date: date, sequence: int) -> str:
    body = f"{area:06}{birth_date:%Y%m%d}{sequence:03}"
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))
    return body + "10X98765432"[total % 11]


NUMBERS = st.builds(made_number, AREAS, BIRTH_DATES, SEQUENCES)


@given(area=AREAS, birth_date=BIRTH_DATES, sequence=SEQUENCES)
def test_identity_number_tells_area_birth_date_and_gender(
    area: int, birth_date: date, sequence: int
) -> None:
    number = made_number(area, birth_date, sequence)
    parsed = parse_identity_number(number, today=TODAY)

    assert parsed.number == number
    assert parsed.area == f"{area:06}"
    assert parsed.birth_date == birth_date
    assert parsed.gender == (Gender.MALE if sequence % 2 else Gender.FEMALE)


def test_identity_number_of_the_standard_is_valid() -> None:
    parsed = parse_identity_number("11010519491231002X", today=TODAY)

    assert parsed.birth_date == date(1949, 12, 31)
    assert parsed.gender is Gender.FEMALE
    assert not parsed.is_permit


@pytest.mark.parametrize("area", [810000, 820000, 830000])
def test_identity_number_of_a_permit_is_valid(area: int) -> None:
    number = made_number(area, date(1990, 5, 4), 12)

    assert parse_identity_number(number, today=TODAY).is_permit


@pytest.mark.parametrize(
    "text",
    [
        " 11010519491231002x ",
        "110105 19491231 002X",
        "110105-19491231-002x",
        "１１０１０５１９４９１２３１００２Ｘ",
        "\u200e11010519491231002X\ufeff",
        "110105\u3000194912\u00a031002X\n",
    ],
)
def test_identity_number_tolerates_what_surrounds_it(text: str) -> None:
    assert parse_identity_number(text, today=TODAY).number == "11010519491231002X"


def assert_refuses_wrong_check(number: str, position: int, shift: int) -> None:
    digit = (int(number[position]) + shift) % 10
    mistyped = f"{number[:position]}{digit}{number[position + 1 :]}"
    with pytest.raises(InvalidIdentityNumber):
        parse_identity_number(mistyped, today=TODAY)


@given(
    number=NUMBERS,
    position=st.integers(min_value=0, max_value=16),
    shift=st.integers(min_value=1, max_value=9),
)
def test_identity_number_with_one_digit_mistyped_is_refused(
    number: str, position: int, shift: int
) -> None:
    assert_refuses_wrong_check(number, position, shift)


def test_mistyped_number_is_taken_once_the_check_is_off(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("core.identity.identity_numbers.check_character", lambda number: number[-1])

    with pytest.raises(pytest.fail.Exception):
        assert_refuses_wrong_check("11010519491231002X", 0, 1)


@given(number=NUMBERS, position=st.integers(min_value=0, max_value=16))
def test_identity_number_with_neighbours_swapped_is_refused(number: str, position: int) -> None:
    one, other = number[position], number[position + 1]
    if one == other:
        return
    swapped = f"{number[:position]}{other}{one}{number[position + 2 :]}"
    with pytest.raises(InvalidIdentityNumber):
        parse_identity_number(swapped, today=TODAY)


@given(body=st.from_regex(r"[0-9]{17}", fullmatch=True))
def test_check_character_follows_the_table_of_weights(body: str) -> None:
    total = sum(weight * int(digit) for weight, digit in zip(WEIGHTS, body, strict=True))

    assert check_character(body) == "10X98765432"[total % 11]


def fault(text: str | float | None) -> InvalidIdentityNumber:
    with pytest.raises(InvalidIdentityNumber) as refusal:
        identity_number_from_cell(text, today=TODAY)
    return refusal.value


@pytest.mark.parametrize(
    ("cell", "code"),
    [
        (None, "missing"),
        ("", "missing"),
        (" \u3000", "missing"),
        ("44990020040413004", "length"),
        ("1", "length"),
        ("110105194912310021X", "length"),
        ("1101051949123100211", "length"),
        ("110105491231002", "length"),
        ("11010519491231O02X", "characters"),
        ("X1010519491231002X", "characters"),
        ("身份证", "characters"),
        ("٣١٠١٠٥١٩٤٩١٢٣١٠٠٢X", "characters"),
        ("110105194902300027", "birth_date"),
        ("110105189912310026", "birth_date"),
        (made_number(110105, TODAY + timedelta(days=1), 2), "birth_date"),
        ("110105194912310021", "check_digit"),
        ("449900199604061000", "check_digit"),
        ("4.4990019860302E+17", "spoilt"),
        ("4.4990019860302e+17", "spoilt"),
        ("449900198603020000.0", "spoilt"),
        (4.49900198608261e17, "spoilt"),
        (110105194912310000, "spoilt"),
    ],
)
def test_identity_number_names_its_fault(cell: str | float | None, code: str) -> None:
    found = fault(cell)

    assert found.code == code
    assert found.message.endswith((".", "。"))


def test_number_cell_is_refused_even_if_the_check_fits() -> None:
    """One in eleven spoilt numbers has a fitting check digit by chance."""
    fitting = next(
        number
        for day in range(28)
        for number in [made_number(449900, date(1990, 1, day + 1), 0)]
        if number.endswith("0000")
    )

    assert parse_identity_number(fitting, today=TODAY)
    assert fault(int(fitting)).code == "spoilt"


def test_birth_date_today_is_taken() -> None:
    assert parse_identity_number(made_number(110105, TODAY, 2), today=TODAY)


def test_today_is_the_local_date() -> None:
    newborn = made_number(110105, date(2026, 5, 4), 2)
    with time_machine.travel("2026-05-03T16:30:00Z", tick=False):
        assert parse_identity_number(newborn).birth_date == date(2026, 5, 4)
    with (
        time_machine.travel("2026-05-03T15:30:00Z", tick=False),
        pytest.raises(InvalidIdentityNumber, match="2026-05-04"),
    ):
        parse_identity_number(newborn)


@given(number=NUMBERS, position=st.integers(min_value=0, max_value=17))
def test_refusal_never_repeats_the_number(number: str, position: int) -> None:
    short = number[:position] + number[position + 1 :]
    found = fault(short)

    assert short not in found.message
    assert short not in repr(found)


def test_sentence_counts_what_is_missing() -> None:
    with translation.override("en"):
        assert fault("44990020040413004").message == (
            "The identity number is too short by 1 (it has 17 characters). "
            "Complete it from the document."
        )
