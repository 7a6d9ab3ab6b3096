"""What the clock rings for in the registry."""

from __future__ import annotations

from celery import shared_task

from volunteers.registry.domain.succession import move_people_on

__all__ = ["move_people_of_closed_committees"]


@shared_task
def move_people_of_closed_committees() -> None:
    """Once a minute; without a committee closed lately it is one short query."""
    move_people_on()
