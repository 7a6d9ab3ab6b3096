"""Blind indexes: find a sealed value again by equality, without being able to read it.

A blind index is the first 16 bytes of HMAC-SHA-256 under a key derived from ``BLIND_INDEX_KEY``
and the purpose; 128 bits leave no accidental twin among a country's people. Identity numbers can
be counted through, so an index is only as secret as its key: it stays out of the database.

Nothing is normalised here: index what `core.identity` returned, else equal values look different.
A new ``BLIND_INDEX_KEY`` finds what was indexed before it only while ``BLIND_INDEX_OLD_KEY`` is the
key of before and the reader asks for `possible_blind_indexes`, until ``rotate_blind_index`` has
made all anew.
"""

from __future__ import annotations

import hmac
from collections.abc import Iterable
from functools import lru_cache

from core.crypto.keys import key_ring

__all__ = [
    "BLIND_INDEX_BYTES",
    "GUARDIAN_PHONE",
    "IDENTITY_NUMBER",
    "PHONE",
    "blind_index",
    "blind_indexes",
    "indexes_change",
    "old_blind_index",
    "possible_blind_indexes",
]

BLIND_INDEX_BYTES = 16

# The purposes in use. A telephone and a document of equal digits must not show that they are equal.
IDENTITY_NUMBER = "identity-number"
PHONE = "phone"
# Not PHONE: that a guardian volunteers too is nobody's to read from two columns.
GUARDIAN_PHONE = "guardian-phone"


def blind_index(value: str, *, purpose: str) -> bytes:
    """The 16 bytes by which ``value`` is found. Raises `ValueError` when ``value`` is empty."""
    return blind_indexes((value,), purpose=purpose)[0]


def blind_indexes(values: Iterable[str], *, purpose: str) -> list[bytes]:
    """One blind index for each of ``values``, in their order; about a microsecond each.

    Raises `ValueError` when one is empty: every row without a value would match every other.
    """
    return _indexes(key_ring().blind_index_key, values, purpose)


def possible_blind_indexes(value: str, *, purpose: str) -> list[bytes]:
    """All under which ``value`` may stand: one, or two while indexes are made anew."""
    ring = key_ring()
    keys = [ring.blind_index_key, ring.old_blind_index_key]
    return [_indexes(key, (value,), purpose)[0] for key in keys if key is not None]


def old_blind_index(value: str, *, purpose: str) -> bytes | None:
    """Under the key of before; None when indexes are not being made anew."""
    old = key_ring().old_blind_index_key
    return None if old is None else _indexes(old, (value,), purpose)[0]


def indexes_change() -> bool:
    """Whether indexes are being made anew: what is written now could be there twice."""
    return key_ring().old_blind_index_key is not None


def _indexes(master: bytes, values: Iterable[str], purpose: str) -> list[bytes]:
    key = _purpose_key(master, purpose)
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
