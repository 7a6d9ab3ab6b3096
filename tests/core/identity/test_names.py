"""Names: one spelling to compare by, syllables to sort and search by."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.identity.names import normalize_name, pinyin_initials, pinyin_key, same_name

NAME_TEXTS = st.text(max_size=12) | st.text("张伟ÀlJ ·•.。・ \u3000\u200b\u0301", max_size=12)


@pytest.mark.parametrize(
    ("written", "stored"),
    [
        ("刘霞明", "刘霞明"),
        (" 张　伟 ", "张伟"),
        ("张 伟", "张伟"),
        ("张\u200b伟\ufeff", "张伟"),
        ("买买提•艾力", "买买提·艾力"),
        ("买买提・艾力", "买买提·艾力"),
        ("买买提 · 艾力", "买买提·艾力"),
        ("买买提.艾力", "买买提·艾力"),
        ("买买提。艾力", "买买提·艾力"),
        ("买买提．艾力", "买买提·艾力"),
        ("Ａｌｉｃｅ  Smith", "Alice Smith"),
        ("José Smith Jr.", "José Smith Jr."),
        ("", ""),
    ],
)
def test_name_is_stored_in_one_spelling(written: str, stored: str) -> None:
    assert normalize_name(written) == stored


@given(text=NAME_TEXTS)
def test_stored_name_stays_as_it_is(text: str) -> None:
    stored = normalize_name(text)

    assert normalize_name(stored) == stored


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("张 伟", "张伟", True),
        ("买买提•艾力", "买买提·艾力", True),
        ("ALICE Smith", "Alice  smith", True),
        ("张伟", "张玮", False),
        ("张伟", "张伟明", False),
        ("", "", False),
        (" ", "张伟", False),
    ],
)
def test_same_name_sees_through_spellings_only(one: str, other: str, same: bool) -> None:
    assert same_name(one, other) is same
    assert same_name(other, one) is same


@pytest.mark.parametrize(
    ("name", "key", "initials"),
    [
        ("刘霞明", "liu xia ming", "lxm"),
        ("单雄信", "shan xiong xin", "sxx"),
        ("曾小贤", "zeng xiao xian", "zxx"),
        ("解晓东", "xie xiao dong", "xxd"),
        ("仇英", "qiu ying", "qy"),
        ("区楚良", "ou chu liang", "ocl"),
        ("万俟卨", "mo qi xie", "mqx"),
        ("尉迟恭", "yu chi gong", "ycg"),
        ("欧阳娜娜", "ou yang na na", "oynn"),
        ("吕布", "lv bu", "lb"),
        ("王乐", "wang le", "wl"),
        ("乐嘉", "yue jia", "yj"),
        ("李晟", "li sheng", "ls"),
        ("买买提·艾力", "mai mai ti ai li", "mmtal"),
        ("Alice Smith", "alice smith", "as"),
        ("Alice王", "alice wang", "aw"),
        ("𠮷野", "𠮷 ye", "𠮷y"),
        ("", "", ""),
    ],
)
def test_name_has_pinyin(name: str, key: str, initials: str) -> None:
    assert pinyin_key(name) == key
    assert pinyin_initials(name) == initials


@given(text=NAME_TEXTS)
def test_initials_are_the_first_letters_of_the_key(text: str) -> None:
    key = pinyin_key(text)

    assert pinyin_initials(text) == "".join(syllable[0] for syllable in key.split())
    assert pinyin_key(normalize_name(text)) == key
