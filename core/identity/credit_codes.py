"""Unified social credit codes of organisations (GB 32100-2015)."""

from __future__ import annotations

__all__ = ["credit_code_check", "is_credit_code"]

_ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY"
_LENGTH = 18


def credit_code_check(body: str) -> str:
    """The last character, for the seventeen before it; weights are powers of 3 modulo 31.

    Raises `ValueError` for a character that such codes do not have.
    """
    total = sum(_ALPHABET.index(each) * 3**place for place, each in enumerate(body))
    return _ALPHABET[-total % 31]


def is_credit_code(text: str) -> bool:
    """Whether ``text`` has the form, in capital letters, and the right check."""
    if len(text) != _LENGTH or not set(text) <= set(_ALPHABET):
        return False
    return credit_code_check(text[:-1]) == text[-1]
