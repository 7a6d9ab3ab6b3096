"""Wrong codes are slow: who tries many waits longer each time, and is told nothing meanwhile.

Nobody's request is held up for it, which would let a few visitors stop the portal.
"""

from __future__ import annotations

from hashlib import sha256

from django.core.cache import cache

__all__ = ["is_waiting", "note_wrong_code"]

# A paper read badly is tried some times; from then on the wait doubles.
FREE_TRIES = 5
_MOST_SECONDS = 60 * 60
_REMEMBERED_SECONDS = 24 * 60 * 60


def is_waiting(address: str) -> bool:
    """Whether this address is not answered at present, whatever the code."""
    return cache.get(_key("wait", address)) is not None


def note_wrong_code(address: str) -> None:
    """Counts one more wrong code from there."""
    counted = _key("wrong", address)
    cache.add(counted, 0, _REMEMBERED_SECONDS)
    try:
        tries = cache.incr(counted)
    except ValueError:
        # Emptied between the two: the first one again.
        tries = 1
    if tries > FREE_TRIES:
        wait = min(2 ** min(tries - FREE_TRIES, 12), _MOST_SECONDS)
        cache.set(_key("wait", address), True, wait)


def _key(what: str, address: str) -> str:
    return f"verify-{what}-{sha256(address.encode()).hexdigest()[:32]}"
