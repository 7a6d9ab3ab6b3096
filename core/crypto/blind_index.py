"""Blind indexes: find a sealed value again by equality, without being able to read it.

A blind index is the first 16 bytes of HMAC-SHA-256 under a key derived from ``BLIND_INDEX_KEY``
and the purpose; 128 bits leave no accidental twin among a country's people. Identity numbers can
be counted through, so an index is only as secret as its key: it stays out of the database.

Nothing is normalised here: index what `core.identity` returned, else equal values look different.
A new ``BLIND_INDEX_KEY`` finds nothing that was indexed before it.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache

from core.crypto.keys import key_ring

__all__ = ["BLIND_INDEX_BYTES", "IDENTITY_NUMBER", "PHONE", "blind_index", "blind_indexes"]

BLIND_INDEX_BYTES = 16

# The purposes in use. A telephone and a document of equal digits must not show that they are equal.
IDENTITY_NUMBER = "identity-number"
PHONE = "phone"


def blind_index(value: str, *, purpose: str) -> bytes:
    """The 16 bytes by which ``value`` is found. Raises `ValueError` when ``value`` is empty."""
    return blind_indexes((value,), purpose=purpose)[0]


def blind_indexes(values: Iterable[str], *, purpose: str) -> list[bytes]:
    """One blind index for each of ``values``, in their order; about a microsecond each.

    Raises `ValueError` when one is empty: every row without a value would match every other.
    """
    key = _purpose_key(key_ring().blind_index_key, purpose)
    digest = hmac.digest
    indexes = []
    for value in values:
        if not value:
            raise ValueError("An empty value has no blind index; store NULL.")
        indexes.append(digest(key, value.encode(), "sha256")[:BLIND_INDEX_BYTES])
    return indexes


@lru_cache(maxsize=32)
def _purpose_key(master: bytes, purpose: str) -> bytes:
    if not purpose:
        raise ValueError("A blind index needs a purpose.")
    return hmac.digest(master, b"portal blind index v1:" + purpose.encode(), "sha256")
