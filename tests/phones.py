"""What has been sent to telephones, as the people who hold them read it."""

from __future__ import annotations

import re

from core.crypto.masks import mask_phone
from core.crypto.sealing import unseal
from core.messages.models import OutgoingMessage, message_context
from tests.database import as_owner

__all__ = ["last_code", "last_message", "messages_to"]


def messages_to(phone: str) -> list[str]:
    """The texts on the way to that telephone, the latest first."""
    with as_owner():
        rows = list(
            OutgoingMessage.objects.filter(phone_mask=mask_phone(phone), state="waiting").order_by(
                "-created_at"
            )
        )
    return [
        unseal(row.text_sealed or b"", context=message_context(row.pk, "text_sealed"))
        for row in rows
        if unseal(row.phone_sealed or b"", context=message_context(row.pk, "phone_sealed")) == phone
    ]


def last_message(phone: str) -> str:
    """The latest text; an `AssertionError` where there is none."""
    texts = messages_to(phone)
    assert texts, f"nothing was sent to {phone}"
    return texts[0]


def last_code(phone: str) -> str:
    """The six digits of the latest message that has some."""
    found = next(filter(None, (re.search(r"\d{6}", text) for text in messages_to(phone))), None)
    assert found is not None, f"no code was sent to {phone}"
    return found.group()
