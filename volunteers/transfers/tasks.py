"""What the clock rings for."""

from __future__ import annotations

from celery import shared_task

from volunteers.transfers.domain import release_grown

__all__ = ["release_grown_up"]


@shared_task
def release_grown_up() -> None:
    """Several times a day: who became eighteen waits for no guardian."""
    release_grown()
