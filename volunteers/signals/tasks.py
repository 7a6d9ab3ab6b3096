"""Beat rings every two seconds; without marks the task is one short query."""

from celery import shared_task

from volunteers.signals.domain import look_at_marked_sheets, mark_waiting_sheets

__all__ = ["look_again_at_all", "look_at_sheets"]


@shared_task(name="volunteers.signals.tasks.look_at_sheets", expires=2)
def look_at_sheets() -> None:
    """Finds the signals of what has been handed in."""
    look_at_marked_sheets()


@shared_task(name="volunteers.signals.tasks.look_again_at_all")
def look_again_at_all() -> None:
    """Each night: rules begin at midnight, and what waits grows late."""
    mark_waiting_sheets()
