"""A sealed value opens at its place, unchanged, with its key; and in no other case."""

import base64

import pytest
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from hypothesis import given
from hypothesis import strategies as st

from core.crypto import sealing
from core.crypto.ciphers import Sm4Gcm
from core.crypto.sealing import (
    SealBroken,
    SealKeyMissing,
    needs_resealing,
    seal,
    sealing_context,
    unseal,
)
from tests.core.crypto.keyrings import seal_key, sealing_with

TEXTS = st.text(st.characters(exclude_categories=["Cs"]))
CONTEXTS = st.text(st.characters(exclude_categories=["Cs"]), min_size=1)
ALGORITHMS = st.sampled_from(["aes-256-gcm", "sm4-gcm"])
HERE = "volunteers.identity_number:7"
NUMBER = "44990019941012000X"


@given(plain=TEXTS, context=CONTEXTS, algorithm=ALGORITHMS)
def test_sealed_value_opens_at_its_place(plain: str, context: str, algorithm: str) -> None:
    with sealing_with(seal_key(algorithm, algorithm)):
        sealed = seal(plain, context=context)

        assert unseal(sealed, context=context) == plain
        assert unseal(memoryview(sealed), context=context) == plain


def test_sealed_value_shows_neither_text_nor_equality() -> None:
    one, other = seal(NUMBER, context=HERE), seal(NUMBER, context=HERE)

    assert NUMBER.encode() not in one
    assert one != other


def assert_opens_nowhere_else(other: str) -> None:
    sealed = seal(NUMBER, context=HERE)
    with pytest.raises(SealBroken):
        unseal(sealed, context=other)


@given(other=CONTEXTS.filter(lambda context: context != HERE))
def test_sealed_value_does_not_open_elsewhere(other: str) -> None:
    assert_opens_nowhere_else(other)


def test_sealed_value_opens_elsewhere_once_the_context_is_not_bound(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(sealing, "_associated", lambda header, _context: header)

    with pytest.raises(pytest.fail.Exception):
        assert_opens_nowhere_else("volunteers.identity_number:8")


@given(
    algorithm=ALGORITHMS,
    position=st.integers(min_value=0, max_value=10_000),
    bit=st.integers(min_value=0, max_value=7),
)
def test_sealed_value_shows_every_changed_bit(algorithm: str, position: int, bit: int) -> None:
    with sealing_with(seal_key(algorithm, algorithm)):
        sealed = bytearray(seal(NUMBER, context=HERE))
        sealed[position % len(sealed)] ^= 1 << bit
        with pytest.raises(SealBroken):
            unseal(bytes(sealed), context=HERE)


@pytest.mark.parametrize("algorithm", ["aes-256-gcm", "sm4-gcm"])
def test_sealed_value_shows_every_cut_and_addition(algorithm: str) -> None:
    with sealing_with(seal_key(algorithm, algorithm)):
        sealed = seal(NUMBER, context=HERE)
        for end in range(len(sealed)):
            with pytest.raises(SealBroken):
                unseal(sealed[:end], context=HERE)
        with pytest.raises(SealBroken):
            unseal(sealed + b"\0", context=HERE)


def test_retired_key_still_opens_and_wants_resealing() -> None:
    with sealing_with(seal_key("old")):
        sealed = seal(NUMBER, context=HERE)
        assert not needs_resealing(sealed)
    with sealing_with(seal_key("new", "sm4-gcm"), seal_key("old")):
        assert unseal(sealed, context=HERE) == NUMBER
        assert needs_resealing(sealed)
        assert not needs_resealing(seal(NUMBER, context=HERE))


def test_key_whose_id_starts_alike_wants_resealing() -> None:
    with sealing_with(seal_key("key-10")):
        sealed = seal(NUMBER, context=HERE)
    with sealing_with(seal_key("key-1"), seal_key("key-10")):
        assert needs_resealing(sealed)


def test_missing_key_is_named() -> None:
    with sealing_with(seal_key("old")):
        sealed = seal(NUMBER, context=HERE)
    with sealing_with(seal_key("new")), pytest.raises(SealKeyMissing, match="'old'"):
        unseal(sealed, context=HERE)


def test_key_of_the_same_id_with_another_secret_does_not_open() -> None:
    with sealing_with(seal_key("k")):
        sealed = seal(NUMBER, context=HERE)
    with sealing_with({**seal_key("other"), "id": "k"}), pytest.raises(SealBroken):
        unseal(sealed, context=HERE)


def test_layout_is_the_documented_one() -> None:
    key = seal_key("k")
    with sealing_with(key):
        sealed = seal(NUMBER, context=HERE)

    header, nonce, text = sealed[:4], sealed[4:16], sealed[16:]
    assert header == b"\x01\x01\x01k"
    cipher = AESGCM(base64.b64decode(key["key"]))
    assert cipher.decrypt(nonce, text, header + HERE.encode()) == NUMBER.encode()


def test_sm4_gcm_gives_the_standard_vector() -> None:
    """RFC 8998, appendix A.1."""
    cipher = Sm4Gcm(bytes.fromhex("0123456789ABCDEFFEDCBA9876543210"))
    plain = bytes.fromhex(
        "AAAAAAAAAAAAAAAABBBBBBBBBBBBBBBBCCCCCCCCCCCCCCCCDDDDDDDDDDDDDDDD"
        "EEEEEEEEEEEEEEEEFFFFFFFFFFFFFFFFEEEEEEEEEEEEEEEEAAAAAAAAAAAAAAAA"
    )
    nonce = bytes.fromhex("00001234567800000000ABCD")
    associated = bytes.fromhex("FEEDFACEDEADBEEFFEEDFACEDEADBEEFABADDAD2")

    sealed = cipher.encrypt(nonce, plain, associated)

    assert sealed.hex().upper() == (
        "17F399F08C67D5EE19D0DC9969C4BB7D5FD46FD3756489069157B282BB200735"
        "D82710CA5C22F0CCFA7CBF93D496AC15A56834CBCF98C397B4024A2691233B8D"
        "83DE3541E4C2B58177E065A9BF7B62EC"
    )
    assert cipher.decrypt(nonce, sealed, associated) == plain


@pytest.mark.parametrize(("column", "key"), [("", 1), ("volunteers.phone", None), ("v.p", "")])
def test_context_needs_a_saved_row(column: str, key: object) -> None:
    with pytest.raises(ValueError, match="saved row"):
        sealing_context(column, key)


def test_context_names_column_and_row() -> None:
    assert sealing_context("volunteers.identity_number", 7) == HERE


def test_empty_context_is_refused() -> None:
    with pytest.raises(ValueError, match="needs a context"):
        seal(NUMBER, context="")
    with pytest.raises(ValueError, match="needs a context"):
        unseal(seal(NUMBER, context=HERE), context="")
