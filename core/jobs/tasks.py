"""What Celery calls. Each bell leads to one function; nothing here holds any work."""

from __future__ import annotations

from celery import shared_task

from core.jobs import sweeper
from core.jobs.runner import run_job_now

__all__ = ["discard_ended_jobs", "ring_waiting_jobs", "run_job"]


@shared_task
def run_job(job_id: int) -> None:
    """Runs the job unless somebody else has it or it has ended: a bell may ring twice."""
    run_job_now(job_id)


@shared_task
def ring_waiting_jobs() -> None:
    """Every few seconds, by the clock."""
    sweeper.sweep_jobs()


@shared_task
def discard_ended_jobs() -> None:
    """Once a day, by the clock."""
    sweeper.discard_old_jobs()
