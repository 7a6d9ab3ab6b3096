"""The key ring: which keys seal and unseal, read from the settings and refused loudly.

``SEAL_KEYS`` is a list of ``{"id", "algorithm", "key"}``. The first key seals, all of them unseal;
to rotate, put a new key first and run ``manage.py rotate_sealing_keys``. ``BLIND_INDEX_KEY`` makes
blind indexes and never rotates by itself. Keys are base64; they belong in a secret store and never
in the database that they protect.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from functools import cached_property, lru_cache
from typing import Any

from cryptography.exceptions import UnsupportedAlgorithm
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed

from core.crypto import ciphers

__all__ = ["Algorithm", "KeyRing", "SealKey", "key_ring", "make_key_ring"]

_KEY_ID = re.compile(r"[A-Za-z0-9._-]{1,32}")
BLIND_INDEX_KEY_BYTES = 32


class Algorithm(StrEnum):
    """How a value is sealed. SM4 (GB/T 32907-2016) is for where commercial ciphers of China are
    required; both give authenticated encryption in Galois/Counter mode."""

    AES_256_GCM = "aes-256-gcm"
    SM4_GCM = "sm4-gcm"

    @property
    def key_bytes(self) -> int:
        """Length of a key."""
        return 32 if self is Algorithm.AES_256_GCM else 16


@dataclass(frozen=True)
class SealKey:
    """One key. Its secret never shows in a representation, so it never reaches a log."""

    id: str
    algorithm: Algorithm
    secret: bytes = field(repr=False)

    @cached_property
    def cipher(self) -> ciphers.Cipher:
        """The cipher with this key set; safe to share between threads."""
        if self.algorithm is Algorithm.AES_256_GCM:
            return ciphers.AesGcm(self.secret)
        return ciphers.Sm4Gcm(self.secret)


@dataclass(frozen=True)
class KeyRing:
    """The keys of this installation, the active one first."""

    keys: Mapping[str, SealKey]
    active: SealKey
    blind_index_key: bytes = field(repr=False)
    # While indexes are made anew: the key of those that have not been reached yet.
    old_blind_index_key: bytes | None = field(default=None, repr=False)


def make_key_ring(
    seal_keys: object, blind_index_key: object, old_blind_index_key: object = ""
) -> KeyRing:
    """A key ring from the settings; the old key is set only while indexes are made anew.

    Raises `ImproperlyConfigured` with a sentence that names the key at fault, never its secret.
    """
    if not isinstance(seal_keys, Sequence) or isinstance(seal_keys, str) or not seal_keys:
        raise ImproperlyConfigured('SEAL_KEYS must list at least one {"id", "algorithm", "key"}.')
    ring: dict[str, SealKey] = {}
    for position, entry in enumerate(seal_keys, start=1):
        key = _seal_key(entry, position)
        if key.id in ring:
            raise ImproperlyConfigured(f"SEAL_KEYS names the key {key.id!r} twice.")
        if any(key.secret == other.secret for other in ring.values()):
            raise ImproperlyConfigured(f"SEAL_KEYS: key {key.id!r} repeats another key's secret.")
        ring[key.id] = key
    blind = _blind_key(blind_index_key, "BLIND_INDEX_KEY", ring)
    old = None
    if old_blind_index_key:
        old = _blind_key(old_blind_index_key, "BLIND_INDEX_OLD_KEY", ring)
        if old == blind:
            raise ImproperlyConfigured("BLIND_INDEX_OLD_KEY must differ from BLIND_INDEX_KEY.")
    active = next(iter(ring.values()))
    return KeyRing(keys=ring, active=active, blind_index_key=blind, old_blind_index_key=old)


@lru_cache(maxsize=1)
def key_ring() -> KeyRing:
    """The key ring of the settings. Raises `ImproperlyConfigured` as `make_key_ring` does."""
    return make_key_ring(
        getattr(settings, "SEAL_KEYS", None),
        getattr(settings, "BLIND_INDEX_KEY", None),
        getattr(settings, "BLIND_INDEX_OLD_KEY", ""),
    )


def _blind_key(text: object, name: str, ring: Mapping[str, SealKey]) -> bytes:
    key = _decoded(text, name)
    if len(key) != BLIND_INDEX_KEY_BYTES:
        raise ImproperlyConfigured(
            f"{name} must be {BLIND_INDEX_KEY_BYTES} bytes in base64, not {len(key)}."
        )
    if any(key == other.secret for other in ring.values()):
        raise ImproperlyConfigured(f"{name} must differ from every key of SEAL_KEYS.")
    return key


def _seal_key(entry: object, position: int) -> SealKey:
    if not isinstance(entry, Mapping) or set(entry) != {"id", "algorithm", "key"}:
        raise ImproperlyConfigured(
            f'SEAL_KEYS: key {position} must be {{"id", "algorithm", "key"}}.'
        )
    key_id = entry["id"]
    if not isinstance(key_id, str) or not _KEY_ID.fullmatch(key_id):
        raise ImproperlyConfigured(
            f"SEAL_KEYS: the id of key {position} must be 1 to 32 letters, digits, '.', '_' or '-'."
        )
    try:
        algorithm = Algorithm(entry["algorithm"])
    except ValueError as error:
        known = ", ".join(Algorithm)
        raise ImproperlyConfigured(
            f"SEAL_KEYS: key {key_id!r} has an unknown algorithm; known are {known}."
        ) from error
    secret = _decoded(entry["key"], f"SEAL_KEYS: key {key_id!r}")
    if len(secret) != algorithm.key_bytes:
        raise ImproperlyConfigured(
            f"SEAL_KEYS: key {key_id!r} must be {algorithm.key_bytes} bytes for {algorithm}, "
            f"not {len(secret)}."
        )
    return _working(SealKey(id=key_id, algorithm=algorithm, secret=secret))


def _working(key: SealKey) -> SealKey:
    """The key, after one trial: some builds of OpenSSL leave SM4 out."""
    try:
        key.cipher.encrypt(bytes(ciphers.NONCE_BYTES), b"", b"")
    except UnsupportedAlgorithm as error:
        raise ImproperlyConfigured(
            f"SEAL_KEYS: key {key.id!r} asks for {key.algorithm}, which the installed OpenSSL "
            f"lacks. Install the published wheel of cryptography, or choose "
            f"{Algorithm.AES_256_GCM}."
        ) from error
    return key


def _decoded(text: object, name: str) -> bytes:
    if not isinstance(text, str) or not text:
        raise ImproperlyConfigured(f"{name} is not set.")
    try:
        return base64.b64decode(text, validate=True)
    except (binascii.Error, ValueError):
        # The cause would quote the secret.
        raise ImproperlyConfigured(f"{name} is not valid base64.") from None


def _forget_key_ring(*, setting: str, **_kwargs: Any) -> None:
    if setting in {"SEAL_KEYS", "BLIND_INDEX_KEY", "BLIND_INDEX_OLD_KEY"}:
        key_ring.cache_clear()


setting_changed.connect(_forget_key_ring, dispatch_uid="core.crypto.keys")
