"""Masks keep the length, show the ends and hide the rest."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.masks import mask_identity_number, mask_name, mask_phone

Mask = Callable[[str], str]
MASKS: list[Mask] = [mask_identity_number, mask_phone, mask_name]


@pytest.mark.parametrize(
    ("mask", "plain", "masked"),
    [
        (mask_identity_number, "449900199410120006", "4499**********0006"),
        (mask_identity_number, "44990019941012000X", "4499**********000X"),
        (mask_identity_number, "44990019941012000", "4499*********2000"),
        (mask_identity_number, "E12345678", "E1*****78"),
        (mask_identity_number, "E12", "***"),
        (mask_phone, "19900000000", "199****0000"),
        (mask_phone, "0763-3366666", "076******666"),
        (mask_phone, "+85251234567", "+85******567"),
        (mask_phone, "110", "***"),
        (mask_name, "刘霞明", "刘*明"),
        (mask_name, "张伟", "张*"),
        (mask_name, "刘", "*"),
        (mask_name, "欧阳娜娜", "欧**娜"),
        (mask_name, "买买提·艾力", "买****力"),
    ],
)
def test_mask_shows_the_ends(mask: Mask, plain: str, masked: str) -> None:
    assert mask(plain) == masked


@pytest.mark.parametrize("mask", MASKS)
def test_mask_leaves_empty_empty(mask: Mask) -> None:
    assert mask("") == ""


@given(mask=st.sampled_from(MASKS), text=st.text(min_size=1))
def test_mask_keeps_the_length_and_hides_something(mask: Mask, text: str) -> None:
    masked = mask(text)

    assert len(masked) == len(text)
    assert "*" in masked
    assert all(shown in {"*", plain} for shown, plain in zip(masked, text, strict=True))


@given(text=st.text("0123456789", min_size=11))
def test_mask_hides_at_least_a_third_of_a_number(text: str) -> None:
    assert mask_phone(text).count("*") * 3 >= len(text)
    assert mask_identity_number(text).count("*") * 3 >= len(text)
