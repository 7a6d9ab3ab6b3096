"""The clock rings every two seconds; without marks the task is one short query."""

from celery import shared_task

from volunteers.totals.domain import recount_dirty_months

__all__ = ["recount_dirty_cells"]


@shared_task(name="volunteers.totals.tasks.recount_dirty_cells", expires=2)
def recount_dirty_cells() -> None:
    """Brings the totals up to the records."""
    recount_dirty_months()
