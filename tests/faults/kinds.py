"""Kinds of jobs for the fault tests."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db import connection, connections

from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from core.workbooks.isolation import read_in_child
from volunteers.hours.imports import HOURS_COLUMNS, import_hours

__all__: list[str] = []


@job_kind("fault_import", title="imports hours")
def import_sheet(run: JobRun) -> dict[str, Any]:
    """The real import of a workbook."""
    path = Path(run.parameters["path"])
    with read_in_child(path, HOURS_COLUMNS, progress=run.progress) as sheet:
        result = import_hours(
            sheet,
            committee=run.actor.committee,
            actor=run.actor,
            title=path.stem,
            progress=run.progress,
        )
    return {"accepted": result.accepted, "refused": len(result.refused)}


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
