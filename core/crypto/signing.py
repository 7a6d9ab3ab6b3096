"""Signatures that anybody can check: Ed25519 (RFC 8032), with keys that the portal publishes.

``SIGNING_KEYS`` is a list of ``{"id", "key"}``, ``key`` 32 bytes in base64. The first key signs;
all of them are published, so that what an older one signed can still be checked.
"""

from __future__ import annotations

import base64
import binascii
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.core.signals import setting_changed
from django.core.signing import b64_decode, b64_encode

__all__ = ["Signature", "holds", "public_keys", "sign"]

_KEY_ID = re.compile(r"[A-Za-z0-9_-]{1,32}")
_KEY_BYTES = 32


@dataclass(frozen=True, slots=True)
class Signature:
    """Which key signed, and the signature in base64url without padding (86 characters)."""

    key_id: str
    text: str


def sign(message: bytes) -> Signature:
    """The message signed with the first key."""
    ring = _ring()
    key_id = next(iter(ring))
    return Signature(key_id, _text(ring[key_id].sign(message)))


def holds(signature: Signature, message: bytes) -> bool:
    """Whether one of the portal's keys signed exactly this."""
    key = _ring().get(signature.key_id)
    if key is None:
        return False
    try:
        key.public_key().verify(b64_decode(signature.text.encode()), message)
    except (InvalidSignature, binascii.Error):
        return False
    return True


def public_keys() -> dict[str, str]:
    """Public keys by id, raw in base64url without padding."""
    return {each: _text(key.public_key().public_bytes_raw()) for each, key in _ring().items()}


@lru_cache(maxsize=1)
def _ring() -> Mapping[str, Ed25519PrivateKey]:
    listed = getattr(settings, "SIGNING_KEYS", None)
    if not isinstance(listed, Sequence) or isinstance(listed, str) or not listed:
        raise ImproperlyConfigured('SIGNING_KEYS must list at least one {"id", "key"}.')
    ring: dict[str, Ed25519PrivateKey] = {}
    for position, entry in enumerate(listed, start=1):
        key_id, key = _key(entry, position)
        if key_id in ring:
            raise ImproperlyConfigured(f"SIGNING_KEYS names the key {key_id!r} twice.")
        ring[key_id] = key
    return ring


def _key(entry: object, position: int) -> tuple[str, Ed25519PrivateKey]:
    if not isinstance(entry, Mapping) or set(entry) != {"id", "key"}:
        raise ImproperlyConfigured(f'SIGNING_KEYS: key {position} must be {{"id", "key"}}.')
    if not isinstance(entry["id"], str) or not _KEY_ID.fullmatch(entry["id"]):
        raise ImproperlyConfigured(
            f"SIGNING_KEYS: the id of key {position} must be 1 to 32 letters, digits, '_' or '-'."
        )
    try:
        secret = base64.b64decode(entry["key"], validate=True)
    except (binascii.Error, TypeError, ValueError):
        # The cause would quote the secret.
        raise ImproperlyConfigured(
            f"SIGNING_KEYS: key {entry['id']!r} is not valid base64."
        ) from None
    if len(secret) != _KEY_BYTES:
        raise ImproperlyConfigured(
            f"SIGNING_KEYS: key {entry['id']!r} must be {_KEY_BYTES} bytes, not {len(secret)}."
        )
    return entry["id"], Ed25519PrivateKey.from_private_bytes(secret)


def _text(value: bytes) -> str:
    return b64_encode(value).decode()


def _forget(*, setting: str, **_kwargs: Any) -> None:
    if setting == "SIGNING_KEYS":
        _ring.cache_clear()


setting_changed.connect(_forget, dispatch_uid="core.crypto.signing")
