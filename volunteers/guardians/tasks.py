"""What the clock rings for."""

from __future__ import annotations

from celery import shared_task

from volunteers.guardians.domain.coming_of_age import lapse_at_eighteen

__all__ = ["lapse_consents"]


@shared_task
def lapse_consents() -> None:
    """Several times a day: who became eighteen decides for himself or herself."""
    lapse_at_eighteen()
