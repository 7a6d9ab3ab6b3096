"""Messages that wait to be sent, and one-time codes; neither holds a readable telephone number."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.crypto.rotation import register_sealed_columns
from core.crypto.sealing import sealing_context

__all__ = ["MessageState", "OneTimeCode", "OutgoingMessage", "message_context"]


class MessageState(models.TextChoices):
    """Waiting → sending → sent, or failed; withheld ones are for nobody."""

    WAITING = "waiting", _("waiting")
    SENDING = "sending", _("sending")
    SENT = "sent", _("sent")
    FAILED = "failed", _("failed")
    WITHHELD = "withheld", _("withheld")


class OutgoingMessage(models.Model):
    """One message to one telephone: appended by verbs, read by the job role alone.

    Number and text are emptied once the message has gone out. A withheld one was written where
    nobody is to be told anything, so that an unknown person costs as much as a known one.
    """

    # Drawn here, not by the database: who appends a row may not read it back.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    kind = models.CharField(max_length=40)
    phone_sealed = models.BinaryField(null=True)
    text_sealed = models.BinaryField(null=True)
    phone_mask = models.CharField(max_length=20)
    state = models.CharField(max_length=8, choices=MessageState, default=MessageState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    error = models.CharField(max_length=200, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    due_at = models.DateTimeField(default=timezone.now)
    sent_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("message")
        verbose_name_plural = _("messages")
        indexes = [
            # The sender looks every few seconds, among few rows that have not gone out.
            models.Index(
                fields=["due_at"],
                name="message_unsent",
                condition=Q(state__in=["waiting", "sending"]),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kind} · {self.phone_mask} · {self.state}"


def message_context(message_id: object, column: str) -> str:
    """What a sealed column of a message is bound to."""
    return sealing_context(f"core.message.{column}", message_id)


def _context_of_row(row: OutgoingMessage, column: str) -> str:
    return message_context(row.pk, column)


register_sealed_columns(
    OutgoingMessage, fields=["phone_sealed", "text_sealed"], context=_context_of_row
)


class OneTimeCode(models.Model):
    """A code of six digits that went to a telephone: only its digest is kept.

    ``target`` is the key of what it proves, null where the person asked for is unknown: such a row
    costs the same, and no code opens it. The indexes are keyed digests by which asking is limited.
    """

    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    purpose = models.CharField(max_length=20)
    target = models.BigIntegerField(null=True)
    digest = models.BinaryField(max_length=32)
    subject_index = models.BinaryField(max_length=16)
    phone_index = models.BinaryField(max_length=16, null=True)
    address_index = models.BinaryField(max_length=16)
    phone_mask = models.CharField(max_length=20, blank=True)
    created_at = models.DateTimeField(default=timezone.now)
    expires_at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True)

    class Meta:
        verbose_name = _("one-time code")
        verbose_name_plural = _("one-time codes")
        indexes = [
            # How often was asked lately: for whom, to which telephone, from where.
            models.Index(fields=["subject_index", "created_at"], name="code_subject"),
            models.Index(fields=["phone_index", "created_at"], name="code_phone"),
            models.Index(fields=["address_index", "created_at"], name="code_address"),
        ]

    def __str__(self) -> str:
        return f"{self.purpose} · {self.created_at:%Y-%m-%d %H:%M}"
