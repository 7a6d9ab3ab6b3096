"""Blind indexes find equal values of one purpose under one key, and tell nothing else."""

import base64
import hashlib
import hmac

import pytest
from django.test import override_settings
from hypothesis import given
from hypothesis import strategies as st

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, blind_index, blind_indexes
from core.crypto.keys import key_ring

VALUES = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)


@given(one=VALUES, other=VALUES)
def test_blind_index_is_equal_for_equal_values_only(one: str, other: str) -> None:
    equal = blind_index(one, purpose=PHONE) == blind_index(other, purpose=PHONE)

    assert equal == (one == other)


@given(value=VALUES)
def test_blind_index_separates_purposes(value: str) -> None:
    assert blind_index(value, purpose=PHONE) != blind_index(value, purpose=IDENTITY_NUMBER)


def test_blind_index_depends_on_the_key() -> None:
    before = blind_index("19900000000", purpose=PHONE)
    with override_settings(BLIND_INDEX_KEY=base64.b64encode(b"z" * 32).decode()):
        assert blind_index("19900000000", purpose=PHONE) != before


def test_blind_index_is_no_plain_digest() -> None:
    """Identity numbers can be counted through; without the key nobody may do so."""
    value = "19900000000"
    made = blind_index(value, purpose=PHONE)

    assert made != hashlib.sha256(value.encode()).digest()[:16]
    assert made != hmac.digest(key_ring().blind_index_key, value.encode(), "sha256")[:16]


def test_blind_index_has_16_bytes_and_stays_the_same_between_releases() -> None:
    with override_settings(BLIND_INDEX_KEY=base64.b64encode(b"b" * 32).decode()):
        made = blind_index("19900000000", purpose=PHONE)

    purpose_key = hmac.digest(b"b" * 32, b"portal blind index v1:phone", "sha256")
    assert made == hmac.digest(purpose_key, b"19900000000", "sha256")[:16]
    assert len(made) == 16


def test_blind_indexes_keep_the_order() -> None:
    values = ["19900000002", "19900000001", "19900000002"]

    assert blind_indexes(values, purpose=PHONE) == [
        blind_index(value, purpose=PHONE) for value in values
    ]


def test_blind_index_refuses_an_empty_value_and_purpose() -> None:
    with pytest.raises(ValueError, match="empty value"):
        blind_index("", purpose=PHONE)
    with pytest.raises(ValueError, match="needs a purpose"):
        blind_index("1", purpose="")
