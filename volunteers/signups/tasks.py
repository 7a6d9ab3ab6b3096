"""What the clock rings for."""

from __future__ import annotations

from celery import shared_task

from volunteers.signups.domain import offer_places

__all__ = ["offer_free_places"]


@shared_task
def offer_free_places() -> None:
    """Every half minute: nobody waits longer than that for a place that has become free."""
    offer_places()
