"""Names and numbers as people type them to say who they are."""

from __future__ import annotations

from core.identity.documents import Document, DocumentKind, parse_document
from core.identity.identity_numbers import PERMIT_PREFIXES, InvalidIdentityNumber
from core.identity.text import plain_text

__all__ = ["document_typed"]

_LENGTH = 18


def document_typed(text: str) -> Document:
    """The document whose number somebody typed, whichever kind it is.

    Raises `InvalidIdentityNumber` for what is no document's number.
    """
    plain = "".join(plain_text(text).split())
    if plain.startswith(PERMIT_PREFIXES) and len(plain) == _LENGTH:
        return parse_document(DocumentKind.RESIDENCE_PERMIT, text)
    try:
        return parse_document(DocumentKind.IDENTITY_CARD, text)
    except InvalidIdentityNumber:
        if len(plain) >= _LENGTH - 3:
            raise
        return parse_document(DocumentKind.PASSPORT, text)
