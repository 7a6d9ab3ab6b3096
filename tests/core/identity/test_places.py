"""Pinyin of places."""

import pytest

from core.identity.places import place_initials, place_pinyin


@pytest.mark.parametrize(
    ("name", "pinyin", "initials"),
    [
        ("清城区", "qingchengqu", "qcq"),
        ("长安镇", "changanzhen", "caz"),
        ("乐昌市", "lechangshi", "lcs"),
        ("番禺区", "panyuqu", "pyq"),
        ("佛山市", "foshanshi", "fss"),
        ("单县", "shanxian", "sx"),
        ("A区（北）", "aqubei", "aqb"),
        ("", "", ""),
    ],
)
def test_place_is_read_as_a_place(name: str, pinyin: str, initials: str) -> None:
    assert (place_pinyin(name), place_initials(name)) == (pinyin, initials)
