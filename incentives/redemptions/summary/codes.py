"""The code that a volunteer shows to a merchant: another one every half a minute, used once.

80 bits as sixteen letters and digits (Crockford's base 32, which has no I, L, O and U, and reads
those typed instead): 40 bits of HMAC-SHA256 over person and half minute, and the person's key
hidden under a second HMAC of the first (a synthetic initialisation vector, RFC 5297 in small). So
two codes of one person have nothing in common for who reads them, and a merchant learns nobody's
number. Whoever guesses has to hit the HMAC and a key that exists: one in 10¹⁶ where there are ten
million volunteers.
"""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from hashlib import sha256

from django.conf import settings

__all__ = [
    "LATE_STEPS",
    "STEP_SECONDS",
    "Shown",
    "claimed_person",
    "code_text",
    "person_code",
    "shown_code",
    "step_at",
]

STEP_SECONDS = 30
# Aiming, typing and a slow line take a while; what is older was shown without network.
FRESH_STEPS = 2
LATE_STEPS = 300 // STEP_SECONDS
_HALF = 5
_ALPHABET = "0123456789ABCDEFGHJKMNPQRSTVWXYZ"
_TYPED = str.maketrans({"O": "0", "I": "1", "L": "1", "-": None, " ": None})
_LENGTH = 16


@dataclass(frozen=True, slots=True)
class Shown:
    """Whose code was shown, and in which half minute."""

    volunteer: int
    step: int


def step_at(moment: datetime) -> int:
    """The number of the half minute."""
    return int(moment.timestamp()) // STEP_SECONDS


def person_code(volunteer: int, *, at: datetime) -> str:
    """What the volunteer shows at that moment."""
    seal = _seal(volunteer, step_at(at))
    number = int.from_bytes(seal + _hidden(volunteer.to_bytes(_HALF), seal))
    return "".join(_ALPHABET[number >> shift & 31] for shift in range(75, -1, -5))


def code_text(code: str) -> str:
    """As it is read out and typed: four by four."""
    return " ".join(code[place : place + 4] for place in range(0, _LENGTH, 4))


def shown_code(typed: str, *, at: datetime) -> Shown | None:
    """Whose code of the last five minutes this is; None for any other text."""
    read = _read(typed)
    if read is None:
        return None
    seal, volunteer = read
    now = step_at(at)
    # One ahead: the clocks of two web servers differ.
    for step in range(now + 1, now - LATE_STEPS - 1, -1):
        if hmac.compare_digest(seal, _seal(volunteer, step)):
            return Shown(volunteer, step)
    return None


def claimed_person(typed: str) -> int:
    """Whom a code names, unproven; 0 for any other text.

    Good for one thing: to find again what was redeemed under the same nonce while the code held.
    """
    read = _read(typed)
    return 0 if read is None else read[1]


def _read(typed: str) -> tuple[bytes, int] | None:
    """The seal and the key that it is to prove."""
    text = typed.upper().translate(_TYPED)
    if len(text) != _LENGTH or not set(text) <= set(_ALPHABET):
        return None
    number = 0
    for letter in text:
        number = number << 5 | _ALPHABET.index(letter)
    both = number.to_bytes(2 * _HALF)
    seal, hidden = both[:_HALF], both[_HALF:]
    return seal, int.from_bytes(_hidden(hidden, seal))


def _seal(volunteer: int, step: int) -> bytes:
    return hmac.digest(_key("seal"), b"%d:%d" % (volunteer, step), "sha256")[:_HALF]


def _hidden(part: bytes, seal: bytes) -> bytes:
    """Hides a key, and shows it again."""
    mask = hmac.digest(_key("hide"), seal, "sha256")
    return bytes(each ^ other for each, other in zip(part, mask, strict=False))


def _key(purpose: str) -> bytes:
    return _derived(purpose, settings.SECRET_KEY)


@lru_cache(maxsize=8)
def _derived(purpose: str, secret: str) -> bytes:
    return sha256(f"incentives.redemptions.{purpose}:{secret}".encode()).digest()
