"""One-time codes: six digits, ten minutes, five tries, and limits on how often one is asked for.

Nobody learns from an answer whether a person is known: for an unknown one a code is drawn, sealed
and written all the same, nothing is sent, and no digits open it. Everything here runs in the scope
of a job, since limits count what all people asked for.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from django.db import connection
from django.db.models import F
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext as _

from core.crypto.blind_index import PHONE, blind_index
from core.crypto.masks import mask_phone
from core.messages.models import OneTimeCode
from core.messages.sending import send_message
from core.web.refusals import Refusal

__all__ = ["CODE_MINUTES", "MOST_TRIES", "Asked", "ask_code", "redeem_code"]

CODE_MINUTES = 10
MOST_TRIES = 5
_HOUR, _DAY = timedelta(hours=1), timedelta(days=1)
# How often somebody may be asked for, a telephone be written to, and an address ask.
MOST_FOR_SUBJECT = ((_HOUR, 5), (_DAY, 10))
MOST_TO_PHONE = ((_HOUR, 5), (_DAY, 10))
MOST_FROM_ADDRESS = ((_HOUR, 30), (_DAY, 100))
# Written to where there is nobody to write to; sealed and never sent.
_NOBODY = "00000000000"


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """Who asks for a code, and for what.

    ``subject`` is what was typed to name the person (limits count by it), ``address`` the network
    address of who asks, ``target`` the key of what the code proves and ``phone`` where it goes;
    both are None for somebody unknown. ``text`` is the message with ``{code}`` in it.
    """

    purpose: str
    subject: str
    address: str
    text: str
    target: int | None = None
    phone: str | None = None


def ask_code(asked: Asked) -> OneTimeCode:
    """Draws a code and leaves the message that carries it.

    Raises `Refusal` when the person was asked for too often, or too much was asked from one
    address: both count what was typed, so the answer says nothing about who is known. A telephone
    that has been written to enough is left in peace without a word.
    """
    subject = blind_index(f"{asked.purpose}:{asked.subject}", purpose="code-subject")
    address = blind_index(asked.address or "?", purpose="code-address")
    code = OneTimeCode(
        purpose=asked.purpose,
        subject_index=subject,
        address_index=address,
        expires_at=timezone.now() + timedelta(minutes=CODE_MINUTES),
    )
    _one_at_a_time(subject, address)
    if _used_up("subject_index", subject, MOST_FOR_SUBJECT) or _used_up(
        "address_index", address, MOST_FROM_ADDRESS
    ):
        said = _("A code was asked for too often. Wait an hour, or ask your committee for help.")
        raise Refusal(said, code="too_many_codes")
    known = asked.phone is not None and asked.target is not None
    phone = asked.phone or _NOBODY
    phone_index = blind_index(phone, purpose=PHONE)
    tired = _used_up("phone_index", phone_index, MOST_TO_PHONE)
    digits = f"{secrets.randbelow(1_000_000):06d}"
    code.digest = _digest(code.pk, digits)
    if known:
        code.target, code.phone_index = asked.target, phone_index
        code.phone_mask = mask_phone(phone)
    code.save(force_insert=True)
    send_message(
        kind=f"code.{asked.purpose}",
        phone=phone,
        text=asked.text.format(code=digits),
        withheld=tired or not known,
    )
    return code


def redeem_code(code_id: UUID | None, digits: str, *, purpose: str) -> OneTimeCode | None:
    """The code, used up, when the digits are right; else None, and one try less.

    None is no exception, so that the count of tries stays: let the transaction commit.
    """
    if code_id is None:
        return None
    rows = OneTimeCode.objects.select_for_update().filter(pk=code_id, purpose=purpose)
    code = rows.filter(used_at__isnull=True, expires_at__gt=timezone.now()).first()
    if code is None or code.tries >= MOST_TRIES:
        return None
    right = constant_time_compare(bytes(code.digest), _digest(code.pk, digits.strip()))
    if not right or code.target is None:
        OneTimeCode.objects.filter(pk=code.pk).update(tries=F("tries") + 1)
        return None
    code.used_at = timezone.now()
    code.save(update_fields=["used_at"])
    return code


def _digest(code_id: UUID, digits: str) -> bytes:
    # Keyed: six digits are soon tried out by who has the table alone.
    return salted_hmac("core.messages.code", f"{code_id}:{digits}", algorithm="sha256").digest()


def _used_up(column: str, index: bytes, limits: tuple[tuple[timedelta, int], ...]) -> bool:
    now = timezone.now()
    asked = OneTimeCode.objects.filter(**{column: index})
    return any(asked.filter(created_at__gt=now - span).count() >= most for span, most in limits)


def _one_at_a_time(*indexes: bytes) -> None:
    """Two that ask at one moment are counted one after the other."""
    keys = sorted(int.from_bytes(index[:8], "big", signed=True) for index in indexes)
    with connection.cursor() as cursor:
        for key in keys:
            cursor.execute("SELECT pg_advisory_xact_lock(%s)", [key])
