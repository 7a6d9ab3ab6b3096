"""The documents by which people prove who they are."""

from __future__ import annotations

import re
from datetime import date
from typing import NamedTuple

from django.db.models import TextChoices
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from core.identity.identity_numbers import Gender, InvalidIdentityNumber, parse_identity_number
from core.identity.text import plain_text

__all__ = ["Document", "DocumentKind", "parse_document"]

# Machine-readable passports have up to nine characters (ICAO 9303); some states print more. What
# has the length of an identity number is none of these.
_PASSPORT = re.compile(r"(?=.*\d)[A-Z0-9]{5,14}")


class DocumentKind(TextChoices):
    """The kinds of document that the portal takes."""

    IDENTITY_CARD = "identity_card", gettext_lazy("Resident identity card")
    RESIDENCE_PERMIT = (
        "residence_permit",
        gettext_lazy("Residence permit for Hong Kong, Macao and Taiwan residents"),
    )
    PASSPORT = "passport", gettext_lazy("Passport")


class Document(NamedTuple):
    """A document's number and what it says; a passport's number says nothing of its holder."""

    kind: DocumentKind
    number: str
    birth_date: date | None
    gender: Gender | None


def parse_document(kind: DocumentKind, text: str, *, today: date | None = None) -> Document:
    """The document of ``kind`` whose number is ``text``.

    Raises `InvalidIdentityNumber`; besides the codes there, ``kind`` when the number belongs to
    another kind of document and ``passport`` when it has not the form of a passport's.
    """
    if kind == DocumentKind.PASSPORT:
        return Document(DocumentKind.PASSPORT, _passport_number(text), None, None)
    parsed = parse_identity_number(text, today=today)
    if parsed.is_permit != (kind == DocumentKind.RESIDENCE_PERMIT):
        raise InvalidIdentityNumber(
            "kind",
            _(
                "The number belongs to a residence permit. Choose that kind of document, or "
                "correct the number."
            )
            if parsed.is_permit
            else _(
                "A residence permit's number starts with 81, 82 or 83. Choose another kind of "
                "document, or correct the number."
            ),
        )
    return Document(kind, parsed.number, parsed.birth_date, parsed.gender)


def _passport_number(text: str) -> str:
    number = plain_text(text).replace(" ", "").replace("-", "").upper()
    if not number:
        raise InvalidIdentityNumber(
            "missing", _("The passport number is missing. Enter it as the passport shows it.")
        )
    if not _PASSPORT.fullmatch(number):
        raise InvalidIdentityNumber(
            "passport",
            _(
                "A passport number has 5 to 14 letters and digits. Enter it as the passport shows "
                "it."
            ),
        )
    return number
