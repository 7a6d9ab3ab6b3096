"""What people and spreadsheets put around an identifier, taken away."""

from __future__ import annotations

import unicodedata

__all__ = ["plain_text"]


def plain_text(text: str) -> str:
    """``text`` with full-width forms made plain and invisible characters and outer spaces dropped.

    Format and control characters (zero-width spaces, direction marks, byte order marks) go, every
    white space becomes a plain one, and NFKC turns ``１２Ｘ`` into ``12X``.
    """
    if text.isascii() and text.isprintable():
        return text.strip()
    visible = "".join(
        " " if character.isspace() else character
        for character in text
        if character.isspace() or unicodedata.category(character) not in {"Cf", "Cc"}
    )
    # Composed last: an invisible character may have kept a letter from its accent.
    return unicodedata.normalize("NFKC", visible).strip()
