"""Sealed values: what stands in a column when nobody may read it there.

Layout of a sealed value, in bytes::

    1 version (1) | 1 algorithm | 1 length n of the key's id | n key id | 12 nonce | text and tag

The header (all before the nonce) and the context are bound as associated data, so a value that is
moved to another row or column, cut or changed does not open. Nonces are random: one key is good
for 2³² values (NIST SP 800-38D, 8.3), far more than a country's volunteers rewrite in a year.
"""

from __future__ import annotations

import os

from cryptography.exceptions import InvalidTag

from core.crypto.ciphers import NONCE_BYTES, TAG_BYTES
from core.crypto.keys import Algorithm, SealKey, key_ring

__all__ = [
    "SealBroken",
    "SealKeyMissing",
    "active_header",
    "needs_resealing",
    "seal",
    "sealing_context",
    "unseal",
]

_VERSION = 1
_FIXED_HEADER_BYTES = 3
_ALGORITHM_NUMBERS = {Algorithm.AES_256_GCM: 1, Algorithm.SM4_GCM: 2}


class SealBroken(Exception):
    """A sealed value does not open: wrong row, wrong column, changed, or no sealed value at all."""


class SealKeyMissing(SealBroken):
    """A sealed value names a key that ``SEAL_KEYS`` lacks; retired keys must stay until rotated."""


def sealing_context(column: str, key: object) -> str:
    """The context of one cell: ``sealing_context("volunteers.identity_number", volunteer.pk)``.

    Raises `ValueError` when the row has no key yet: all unsaved rows would share one context.
    """
    if not column or key is None or key == "":
        raise ValueError("A sealing context needs a column and the key of a saved row.")
    return f"{column}:{key}"


def seal(plain: str, *, context: str) -> bytes:
    """``plain`` sealed with the active key for one place; see `sealing_context`."""
    key = key_ring().active
    header = _header(key)
    nonce = os.urandom(NONCE_BYTES)
    text = key.cipher.encrypt(nonce, plain.encode(), _associated(header, context))
    return header + nonce + text


def unseal(sealed: bytes | memoryview, *, context: str) -> str:
    """The plain text of ``sealed``.

    Raises `SealBroken` when the value was not sealed for ``context`` or was changed since, and
    `SealKeyMissing` when its key is not in the ring.
    """
    value = bytes(sealed)
    key, start = _key_of(value)
    nonce, text = value[start : start + NONCE_BYTES], value[start + NONCE_BYTES :]
    try:
        plain = key.cipher.decrypt(nonce, text, _associated(value[:start], context))
    except InvalidTag:
        raise SealBroken("The value was changed or belongs to another place.") from None
    return plain.decode()


def needs_resealing(sealed: bytes | memoryview) -> bool:
    """Whether ``sealed`` was made with another key or layout than values are made with now."""
    return not bytes(sealed).startswith(active_header())


def active_header() -> bytes:
    """The bytes that every value sealed now starts with: lets the database find the others."""
    return _header(key_ring().active)


def _header(key: SealKey) -> bytes:
    key_id = key.id.encode()
    return bytes((_VERSION, _ALGORITHM_NUMBERS[key.algorithm], len(key_id))) + key_id


def _associated(header: bytes, context: str) -> bytes:
    if not context:
        raise ValueError("A sealed value needs a context.")
    # The header says its own length, so header and context cannot be shifted into each other.
    return header + context.encode()


def _key_of(value: bytes) -> tuple[SealKey, int]:
    """The key that ``value`` names, and where its nonce starts."""
    if len(value) < _FIXED_HEADER_BYTES or value[0] != _VERSION:
        raise SealBroken("This is no sealed value.")
    start = _FIXED_HEADER_BYTES + value[2]
    if len(value) < start + NONCE_BYTES + TAG_BYTES:
        raise SealBroken("The value was cut short.")
    key_id = value[_FIXED_HEADER_BYTES:start].decode("ascii", errors="replace")
    key = key_ring().keys.get(key_id)
    if key is None:
        raise SealKeyMissing(f"SEAL_KEYS has no key {key_id!r}; keep retired keys until rotated.")
    if _ALGORITHM_NUMBERS[key.algorithm] != value[1]:
        raise SealBroken("The value names another algorithm than its key.")
    return key, start
