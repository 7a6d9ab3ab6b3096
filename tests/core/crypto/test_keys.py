"""Wrong keys stop the start with a sentence that names the key and hides its secret."""

import base64

import pytest
from cryptography.exceptions import UnsupportedAlgorithm
from django.core.exceptions import ImproperlyConfigured
from django.test import override_settings

from core.crypto import ciphers
from core.crypto.keys import Algorithm, key_ring, make_key_ring
from tests.core.crypto.keyrings import seal_key, sealing_with

BLIND = base64.b64encode(b"b" * 32).decode()
GOOD = seal_key("2026")


def test_key_ring_puts_the_first_key_in_charge() -> None:
    ring = make_key_ring([seal_key("new", "sm4-gcm"), seal_key("old")], BLIND)

    assert ring.active.id == "new"
    assert ring.active.algorithm is Algorithm.SM4_GCM
    assert list(ring.keys) == ["new", "old"]


@pytest.mark.parametrize(
    ("seal_keys", "blind", "sentence"),
    [
        ([], BLIND, "at least one"),
        (None, BLIND, "at least one"),
        ("key", BLIND, "at least one"),
        ([{"id": "a", "key": GOOD["key"]}], BLIND, "key 1 must be"),
        ([{**GOOD, "id": "two words"}], BLIND, "the id of key 1"),
        ([{**GOOD, "id": ""}], BLIND, "the id of key 1"),
        ([{**GOOD, "algorithm": "rot13"}], BLIND, "'2026' has an unknown algorithm"),
        ([{**GOOD, "key": "!!!"}], BLIND, "'2026' is not valid base64"),
        ([{**GOOD, "key": ""}], BLIND, "'2026' is not set"),
        ([{**GOOD, "key": "c2hvcnQ="}], BLIND, "'2026' must be 32 bytes for aes-256-gcm, not 5"),
        ([{**GOOD, "algorithm": "sm4-gcm"}], BLIND, "must be 16 bytes for sm4-gcm, not 32"),
        ([GOOD, GOOD], BLIND, "names the key '2026' twice"),
        ([GOOD, {**GOOD, "id": "other"}], BLIND, "'other' repeats"),
        ([GOOD], None, "BLIND_INDEX_KEY is not set"),
        ([GOOD], "c2hvcnQ=", "BLIND_INDEX_KEY must be 32 bytes"),
        ([GOOD], GOOD["key"], "BLIND_INDEX_KEY must differ"),
    ],
)
def test_key_ring_refuses_wrong_settings(seal_keys: object, blind: object, sentence: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=sentence) as refusal:
        make_key_ring(seal_keys, blind)

    assert GOOD["key"] not in str(refusal.value)


def test_key_ring_says_when_openssl_lacks_sm4(monkeypatch: pytest.MonkeyPatch) -> None:
    def lacking(*_args: object) -> bytes:
        raise UnsupportedAlgorithm("cipher sm4 in GCM mode is not supported")

    monkeypatch.setattr(ciphers.Sm4Gcm, "encrypt", lacking)

    with pytest.raises(ImproperlyConfigured, match="the installed OpenSSL lacks"):
        make_key_ring([seal_key("a", "sm4-gcm")], BLIND)


def test_key_ring_follows_the_settings() -> None:
    with sealing_with(seal_key("first")):
        assert key_ring().active.id == "first"
    with sealing_with(seal_key("second")):
        assert key_ring().active.id == "second"
    with override_settings(SEAL_KEYS=[]), pytest.raises(ImproperlyConfigured):
        key_ring()


def test_secrets_never_show_in_a_representation() -> None:
    ring = make_key_ring([GOOD], BLIND)
    shown = repr(ring) + str(ring)

    assert repr(ring.active.secret) not in shown
    assert repr(ring.blind_index_key) not in shown


@pytest.mark.parametrize("old", [BLIND, "short", GOOD["key"]])
def test_old_blind_index_key_is_another_sound_one(old: str) -> None:
    with pytest.raises(ImproperlyConfigured, match="BLIND_INDEX_OLD_KEY"):
        make_key_ring([GOOD], BLIND, old)
    assert make_key_ring([GOOD], BLIND, "").old_blind_index_key is None
