"""Kinds of jobs for the fault tests, beside the real import."""

from __future__ import annotations

from typing import Any

from django.db import connection, connections

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun

__all__: list[str] = []


@job_kind("fault_note", title="writes a note")
def write_note(run: JobRun) -> dict[str, Any]:
    """One row, so that it can be counted how often it was done."""
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO fault_note (job) VALUES (%s)", [run.job.pk])
    return {}


@job_kind("fault_careless", title="commits as it goes")
def write_carelessly(run: JobRun) -> dict[str, Any]:
    """What no handler may do: it saves its rows past the job's transaction."""
    beside = connections.create_connection("default")
    try:
        with beside.cursor() as cursor:
            cursor.execute("SET ROLE portal_job")
            for number in range(run.parameters["rows"]):
                cursor.execute("INSERT INTO fault_note (job) VALUES (%s)", [run.job.pk])
                run.progress(number)
    finally:
        beside.close()
    return {}
