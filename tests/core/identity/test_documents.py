"""Each kind of document takes its own numbers only."""

from datetime import date

import pytest

from core.identity.documents import DocumentKind, parse_document
from core.identity.identity_numbers import Gender, InvalidIdentityNumber, check_character

TODAY = date(2026, 11, 1)
CARD = "11010519491231002X"
PERMIT = "81000019900504012" + check_character("81000019900504012")


def test_identity_card_tells_birth_date_and_gender() -> None:
    document = parse_document(DocumentKind.IDENTITY_CARD, CARD, today=TODAY)

    assert document == (
        DocumentKind.IDENTITY_CARD,
        CARD,
        date(1949, 12, 31),
        Gender.FEMALE,
    )


def test_permit_tells_birth_date() -> None:
    document = parse_document(DocumentKind.RESIDENCE_PERMIT, PERMIT, today=TODAY)

    assert document.birth_date == date(1990, 5, 4)


@pytest.mark.parametrize(
    ("text", "number"),
    [("e12345678", "E12345678"), (" EA 1234567 ", "EA1234567"), ("１２３４５", "12345")],
)
def test_passport_tells_nothing_but_its_number(text: str, number: str) -> None:
    document = parse_document(DocumentKind.PASSPORT, text, today=TODAY)

    assert document == (DocumentKind.PASSPORT, number, None, None)


@pytest.mark.parametrize(
    ("kind", "text", "code"),
    [
        (DocumentKind.RESIDENCE_PERMIT, CARD, "kind"),
        (DocumentKind.IDENTITY_CARD, PERMIT, "kind"),
        (DocumentKind.IDENTITY_CARD, "E12345678", "characters"),
        (DocumentKind.PASSPORT, "", "missing"),
        (DocumentKind.PASSPORT, "E123", "passport"),
        (DocumentKind.PASSPORT, "PASSPORT", "passport"),
        (DocumentKind.PASSPORT, "护照12345", "passport"),
        (DocumentKind.PASSPORT, CARD, "passport"),
    ],
)
def test_document_names_its_fault(kind: DocumentKind, text: str, code: str) -> None:
    with pytest.raises(InvalidIdentityNumber) as refusal:
        parse_document(kind, text, today=TODAY)

    assert refusal.value.code == code
