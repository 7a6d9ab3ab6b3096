"""How the tests of jobs ask for jobs, let them run beside themselves and look at what is left."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from typing import Any
from uuid import UUID

from django.core.cache import cache
from django.db import connection

from core.jobs.domain import JobActor, enqueue_job
from core.jobs.models import Job
from core.tenancy.scope import Scope, acting_as
from tests.database import as_owner

__all__ = ["ask", "bells", "beside", "change", "job_row", "lines_of"]

SYSTEM = Scope.for_job("test")


def ask(
    actor: JobActor | None,
    kind: str = "test_write",
    *,
    nonce: UUID | None = None,
    **parameters: Any,
) -> Job:
    """A job that ``actor`` asks for; the system without one."""
    with acting_as(actor.scope if actor else SYSTEM):
        return enqueue_job(
            kind=kind, parameters=parameters, actor=actor, title="a job", nonce=nonce
        )


def job_row(job: Job) -> Job:
    """The job as it stands."""
    with acting_as(SYSTEM):
        return Job.objects.get(pk=job.pk)


def change(job: Job, **values: Any) -> None:
    """Changes the row past everything, as time or a fault would."""
    with as_owner():
        Job.objects.filter(pk=job.pk).update(**values)


def lines_of(job: Job) -> int:
    """How many lines stand in job_lines of that job: what its attempts left behind."""
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM job_lines WHERE job = %s", [job.pk])
        row = cursor.fetchone()
    assert row is not None
    return int(row[0])


def bells() -> int:
    """How many bells wait in the broker."""
    waiting: int = cache._cache.get_client().llen("jobs")  # type: ignore[attr-defined]
    return waiting


@contextmanager
def beside() -> Iterator[Callable[..., Future[Any]]]:
    """Gives a function that runs another one in a thread with a connection of its own."""

    def run(function: Callable[..., Any], *args: Any, **named: Any) -> Any:
        try:
            return function(*args, **named)
        finally:
            connection.close()

    with ThreadPoolExecutor() as pool:
        yield lambda function, *args, **named: pool.submit(run, function, *args, **named)
