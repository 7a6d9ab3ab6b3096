"""Identity numbers, telephones and names: cleaned, never guessed."""

import datetime as dt

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.workbooks.cells import (
    CellError,
    parse_identity,
    parse_identity_or_phone,
    parse_name,
    parse_phone,
)

NUMBER = "44990019980401007X"
FULL_WIDTH = str.maketrans("0123456789Xx", "０１２３４５６７８９Ｘｘ")


@pytest.mark.parametrize(
    "cell",
    [
        NUMBER,
        NUMBER.lower(),
        f" {NUMBER} ",
        f"\u3000{NUMBER}\u200b",
        f"'{NUMBER}",
        f"‘{NUMBER}",
        "449900 19980401 007x",
        NUMBER.translate(FULL_WIDTH),
        NUMBER.lower().translate(FULL_WIDTH),
    ],
    ids=repr,
)
def test_identity_number_is_cleaned(cell: str) -> None:
    assert parse_identity(cell) == NUMBER
    assert parse_identity_or_phone(cell) == NUMBER


@pytest.mark.parametrize(
    "cell",
    [
        4.4990019860302e17,
        449900198603020012,
        1e15,
        float("nan"),
        float("inf"),
        -1.0,
        "4.4990019860302E+17",
        "4.49900e17",
        "４.４９９Ｅ+１７",
        "449900198603020000.0",
    ],
    ids=repr,
)
def test_identity_number_spoilt_by_the_spreadsheet_is_refused(cell: str | float) -> None:
    for parse in (parse_identity, parse_identity_or_phone):
        with pytest.raises(CellError) as refused:
            parse(cell)
        assert refused.value.code == "identity_number_cell"


def test_identity_number_is_never_completed_or_quoted() -> None:
    assert parse_identity("44990019980401007") == "44990019980401007"
    assert parse_identity(440106800101123.0) == "440106800101123"
    with pytest.raises(CellError) as refused:
        parse_identity(4.4990019860302e17)
    assert "4" not in refused.value.message


@pytest.mark.parametrize("cell", [dt.date(2026, 5, 3), dt.time(8), True, 1.5], ids=repr)
def test_identity_number_in_another_kind_of_cell_is_refused(
    cell: dt.date | dt.time | float,
) -> None:
    with pytest.raises(CellError) as refused:
        parse_identity(cell)
    assert refused.value.code == "identity_not_text"


@pytest.mark.parametrize(
    "parse",
    [parse_identity, parse_phone, parse_identity_or_phone],
    ids=lambda parse: parse.__name__,
)
@pytest.mark.parametrize("cell", [None, "", " ", "\u3000", "无", "/", "-", "暂无"], ids=repr)
def test_identifier_of_a_blank_cell_is_empty(parse, cell: str | None) -> None:  # type: ignore[no-untyped-def]
    assert parse(cell) == ""


@pytest.mark.parametrize(
    "cell",
    [
        "19900000001",
        19900000001.0,
        19900000001,
        "199-0000-0001",
        "199 0000 0001",
        " 19900000001 ",
        "１９９０００００００１",
        "+86 19900000001",
        "+86-199-0000-0001",
        "8619900000001",
        "008619900000001",
        "(+86)19900000001",
        "'19900000001",
        "199－0000－0001",
    ],
    ids=repr,
)
def test_phone_gives_eleven_digits(cell: str | float) -> None:
    assert parse_phone(cell) == "19900000001"
    assert parse_identity_or_phone(cell) == "19900000001"


@pytest.mark.parametrize(
    "cell",
    [
        "1990000109",
        1990000109.0,
        "19900000001/19900000002",
        "199000000011",
        "abc",
        "1.99E+10",
        1.5,
        float("nan"),
        float("inf"),
        True,
        dt.date(2026, 5, 3),
        dt.time(8),
    ],
    ids=repr,
)
def test_phone_nobody_can_dial_is_refused(cell: str | float | dt.date) -> None:
    with pytest.raises(CellError) as refused:
        parse_phone(cell)
    assert refused.value.message


@pytest.mark.parametrize(
    ("cell", "name"),
    [
        ("刘霞明", "刘霞明"),
        ("刘 霞 明", "刘霞明"),
        ("\u3000张　伟 ", "张伟"),
        ("买买提•吐尔逊", "买买提·吐尔逊"),
        ("买买提 · 吐尔逊", "买买提·吐尔逊"),
        ("Ｍａｒｙ  Ann", "Mary Ann"),
        ("", ""),
        (None, ""),
    ],
    ids=repr,
)
def test_name_has_one_form(cell: str | None, name: str) -> None:
    assert parse_name(cell) == name


@given(st.from_regex(r"[0-9]{17}[0-9X]", fullmatch=True), st.sampled_from(["", " ", "\u3000"]))
def test_identity_number_in_any_spelling_gives_the_number(number: str, around: str) -> None:
    assert parse_identity(around + number.lower().translate(FULL_WIDTH) + around) == number


@given(st.from_regex(r"1[3-9][0-9]{9}", fullmatch=True))
def test_phone_in_any_spelling_gives_the_number(phone: str) -> None:
    for cell in (phone, float(phone), f"{phone[:3]}-{phone[3:7]}-{phone[7:]}", f"+86 {phone}"):
        assert parse_phone(cell) == phone
