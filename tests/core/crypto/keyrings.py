"""Key rings for tests, made from a word each."""

import base64
import hashlib

from django.test import override_settings


def seal_key(key_id: str, algorithm: str = "aes-256-gcm") -> dict[str, str]:
    """One entry of ``SEAL_KEYS`` whose secret follows from its id."""
    length = 32 if algorithm == "aes-256-gcm" else 16
    secret = hashlib.sha256(key_id.encode()).digest()[:length]
    return {"id": key_id, "algorithm": algorithm, "key": base64.b64encode(secret).decode()}


def sealing_with(*keys: dict[str, str]) -> override_settings:
    """Settings with these keys, the first one active; use as a context manager."""
    return override_settings(SEAL_KEYS=list(keys))
