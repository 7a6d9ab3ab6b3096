"""The clock rings every five seconds; with nobody waiting the task is one short query."""

from celery import shared_task

from incentives.stars.domain import recount_stars

__all__ = ["recount_due_stars"]


@shared_task(name="incentives.stars.tasks.recount_due_stars", expires=5)
def recount_due_stars() -> None:
    """Brings stars up to the confirmed hours."""
    recount_stars()
