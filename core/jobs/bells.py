"""The bell: tells a worker to look at a job. It may be lost, and it may ring twice."""

from __future__ import annotations

from functools import partial

from celery import current_app
from django.db import transaction

__all__ = ["RUN_JOB", "ring_on_commit"]

# By name: the task imports what runs jobs, which imports what rings.
RUN_JOB = "core.jobs.tasks.run_job"


def ring_on_commit(job_id: int) -> None:
    """Rings for a job once its row can be seen. A broker that is away costs nothing but time."""
    transaction.on_commit(partial(_ring, job_id), robust=True)


def _ring(job_id: int) -> None:
    # Without Celery's retries: a request must not wait for the broker, the sweeper rings again.
    current_app.send_task(RUN_JOB, args=[job_id], retry=False, ignore_result=True)
