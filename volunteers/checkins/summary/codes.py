"""Codes that are scanned: the shift's, which changes every 30 seconds, and a volunteer's own.

Both are a key and 128 bits of HMAC-SHA256 under the portal's secret key, so they are nobody's to
make up and say nothing by themselves.
"""

from __future__ import annotations

from datetime import datetime

from django.core.signing import b64_encode
from django.utils.crypto import constant_time_compare, salted_hmac

from core.web.keyset import id_from

__all__ = ["STEP_SECONDS", "shift_code", "shift_of_code", "signup_code", "signup_of_code"]

STEP_SECONDS = 30
# Aiming and a slow line take a while: a code is good for two more steps after its own.
_STEPS_GOOD = 3
_BYTES = 16


def shift_code(shift: int, *, at: datetime) -> str:
    """What the door shows at that moment."""
    return f"{shift}.{_seal('shift', shift, _step(at))}"


def shift_of_code(code: str, *, at: datetime) -> int | None:
    """The shift whose door shows or has just shown the code; None for any other text."""
    key, seal = _parts(code)
    now = _step(at)
    fits = [
        constant_time_compare(seal, _seal("shift", key, now - back)) for back in range(_STEPS_GOOD)
    ]
    return key if any(fits) else None


def signup_code(signup: int) -> str:
    """What a volunteer shows: it holds as long as the sign-up, and works without network."""
    return f"{signup}.{_seal('signup', signup)}"


def signup_of_code(code: str) -> int | None:
    """The sign-up that the code is of; None for any other text."""
    key, seal = _parts(code)
    return key if constant_time_compare(seal, _seal("signup", key)) else None


def _parts(code: str) -> tuple[int, str]:
    key, _dot, seal = code.partition(".")
    return id_from(key) or 0, seal


def _step(at: datetime) -> int:
    return int(at.timestamp()) // STEP_SECONDS


def _seal(purpose: str, *parts: int) -> str:
    text = ":".join(map(str, parts))
    digest = salted_hmac(f"checkins.{purpose}", text, algorithm="sha256").digest()
    return b64_encode(digest[:_BYTES]).decode()
