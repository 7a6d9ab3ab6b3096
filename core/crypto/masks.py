"""Masks: enough of an identifier to recognise it, too little to use it.

Masks keep the length and show ``*`` for what is hidden. An empty value stays empty.
"""

from __future__ import annotations

__all__ = ["mask_identity_number", "mask_name", "mask_phone"]


def mask_identity_number(number: str) -> str:
    """``449900199410120006`` → ``4499**********0006``.

    Four characters at either end of an identity number (also of one that lost a few), less of a
    shorter document.
    """
    return _masked(number, 4, 4) if len(number) >= 15 else _short_mask(number)


def mask_phone(phone: str) -> str:
    """``19900000000`` → ``199****0000``; other forms show at most a quarter at either end."""
    if len(phone) == 11 and phone.isdecimal() and phone.startswith("1"):
        return _masked(phone, 3, 4)
    return _short_mask(phone)


def mask_name(name: str) -> str:
    """``刘霞明`` → ``刘*明``, ``张伟`` → ``张*``, ``欧阳娜娜`` → ``欧**娜``, ``刘`` → ``*``."""
    if len(name) <= 2:
        return _masked(name, len(name) - 1, 0) if name else ""
    return _masked(name, 1, 1)


def _short_mask(text: str) -> str:
    shown = min(len(text) // 4, 3)
    return _masked(text, shown, shown)


def _masked(text: str, head: int, tail: int) -> str:
    hidden = len(text) - head - tail
    return text[:head] + "*" * hidden + text[len(text) - tail :]
