"""Writing messages and letting them go out.

A message is taken in one transaction, sent outside of any, and settled in another: a worker that
dies in between leaves it for the next one, which sends it again under the same id.
"""

from __future__ import annotations

from datetime import timedelta

import structlog
from celery import current_app
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Now
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

from core.crypto.masks import mask_phone
from core.crypto.sealing import SealBroken, seal, unseal
from core.messages.backends import MessageNotSent, Outgoing, message_backend
from core.messages.models import MessageState, OneTimeCode, OutgoingMessage, message_context
from core.tenancy.scope import Scope, acting_as

__all__ = ["deliver_messages", "discard_old_messages", "send_message"]

logger = structlog.get_logger(__name__)

MOST_ATTEMPTS = 4
MESSAGES_A_RUN = 50
_DELIVER = "core.messages.tasks.deliver_waiting_messages"
# A sender that has not settled a message for so long is dead.
_TAKEN_FOR = timedelta(seconds=60)
_KEPT_MESSAGES = timedelta(days=30)
# Longer than any limit looks back.
_KEPT_CODES = timedelta(days=2)
_JOB = Scope.for_job("messages")


def send_message(*, kind: str, phone: str, text: str, withheld: bool = False) -> OutgoingMessage:
    """Leaves a message to be sent after this transaction; ``phone`` is in its stored form.

    Runs inside any scope whose role may append one. A withheld message is written and never sent.
    """
    message = OutgoingMessage(
        kind=kind,
        phone_mask="" if withheld else mask_phone(phone),
        state=MessageState.WITHHELD if withheld else MessageState.WAITING,
    )
    message.phone_sealed = seal(phone, context=message_context(message.pk, "phone_sealed"))
    message.text_sealed = seal(text, context=message_context(message.pk, "text_sealed"))
    message.save(force_insert=True)
    transaction.on_commit(_ring, robust=True)
    return message


def deliver_messages() -> int:
    """Sends what is due, the oldest first; the number sent. Opens its own scopes.

    Ends at the first that does not go out: the gateway is asked again at the next run.
    """
    sent = 0
    for _turn in range(MESSAGES_A_RUN):
        message = _take_next()
        if message is None:
            break
        error = _send(message)
        _settle(message, error)
        if error:
            break
        sent += 1
    return sent


def discard_old_messages() -> int:
    """Deletes messages and codes that nobody needs any more; how many."""
    with acting_as(Scope.for_job("discard messages")):
        messages, _ = OutgoingMessage.objects.filter(created_at__lt=Now() - _KEPT_MESSAGES).delete()
        codes, _ = OneTimeCode.objects.filter(created_at__lt=Now() - _KEPT_CODES).delete()
        OutgoingMessage.objects.filter(state=MessageState.WITHHELD).delete()
    return messages + codes


def _take_next() -> OutgoingMessage | None:
    with acting_as(_JOB):
        due = Q(state__in=[MessageState.WAITING, MessageState.SENDING], due_at__lte=Now())
        rows = OutgoingMessage.objects.filter(due).order_by("due_at")
        message = rows.select_for_update(skip_locked=True).first()
        if message is None:
            return None
        OutgoingMessage.objects.filter(pk=message.pk).update(
            state=MessageState.SENDING, attempts=F("attempts") + 1, due_at=Now() + _TAKEN_FOR
        )
        message.attempts += 1
        return message


def _send(message: OutgoingMessage) -> str:
    """What went wrong, in a few words; empty when the message is out."""
    try:
        phone = unseal(
            message.phone_sealed or b"", context=message_context(message.pk, "phone_sealed")
        )
        text = unseal(
            message.text_sealed or b"", context=message_context(message.pk, "text_sealed")
        )
        message_backend().send(Outgoing(str(message.pk), message.kind, phone, text))
    except (MessageNotSent, SealBroken) as error:
        logger.warning("message_not_sent", message=str(message.pk), error=str(error))
        return str(error) or type(error).__name__
    return ""


def _settle(message: OutgoingMessage, error: str) -> None:
    with acting_as(_JOB):
        row = OutgoingMessage.objects.filter(pk=message.pk)
        if not error:
            row.update(
                state=MessageState.SENT,
                sent_at=Now(),
                phone_sealed=None,
                text_sealed=None,
                error="",
            )
        elif message.attempts >= MOST_ATTEMPTS:
            row.update(
                state=MessageState.FAILED, error=error[:200], phone_sealed=None, text_sealed=None
            )
        else:
            pause = timedelta(seconds=5 * 3 ** (message.attempts - 1))
            row.update(state=MessageState.WAITING, error=error[:200], due_at=Now() + pause)


def _ring() -> None:
    try:
        # Without retries: a request must not wait for the broker, the clock rings again.
        current_app.send_task(_DELIVER, retry=False, ignore_result=True)
    except (KombuError, RedisError, OSError):
        logger.warning("bell_lost", exc_info=True)
