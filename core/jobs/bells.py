"""The bell: tells a worker to look at a job. It may be lost, and it may ring twice."""

from __future__ import annotations

import structlog
from celery import current_app
from django.db import transaction
from kombu.exceptions import KombuError
from redis.exceptions import RedisError

__all__ = ["RUN_JOB", "ring_on_commit"]

logger = structlog.get_logger(__name__)

# By name: the task imports what runs jobs, which imports what rings.
RUN_JOB = "core.jobs.tasks.run_job"


def ring_on_commit(job_id: int) -> None:
    """Rings for a job once its row can be seen. A broker that is away costs nothing."""

    def ring() -> None:
        try:
            # Without retries: a request must not wait for the broker, the sweeper rings again.
            current_app.send_task(RUN_JOB, args=[job_id], retry=False, ignore_result=True)
        except (KombuError, RedisError, OSError):
            logger.warning("bell_lost", job=job_id, exc_info=True)

    transaction.on_commit(ring, robust=True)
