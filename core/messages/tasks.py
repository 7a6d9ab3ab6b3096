"""What the clock and the bell call."""

from __future__ import annotations

from celery import shared_task

from core.messages import sending

__all__ = ["deliver_waiting_messages", "discard_messages"]


@shared_task
def deliver_waiting_messages() -> None:
    """Every few seconds, and as a message is written."""
    sending.deliver_messages()


@shared_task
def discard_messages() -> None:
    """Once a day, by the clock."""
    sending.discard_old_messages()
