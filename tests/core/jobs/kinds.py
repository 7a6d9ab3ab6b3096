"""Kinds of jobs that exist only in tests; importing this module registers them."""

from __future__ import annotations

import threading
from contextlib import suppress
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, connection
from django.utils.translation import get_language

from core.jobs.errors import JobFailed
from core.jobs.kinds import job_kind
from core.jobs.runs import JobRun
from core.tenancy.scope import current_scope
from core.web.refusals import Refusal
from core.workbooks.errors import WorkbookRefused

__all__ = ["Gate", "gates", "starts"]


class Gate:
    """Holds the first attempt that comes by until the test lets it go; later ones pass."""

    def __init__(self) -> None:
        self.reached = threading.Event()
        self.opened = threading.Event()

    def pass_through(self) -> None:
        """Called by the job."""
        if self.reached.is_set():
            return
        self.reached.set()
        assert self.opened.wait(60), "nobody opened the gate"


# By the job's parameter "gate".
gates: dict[str, Gate] = {}
# Ids of jobs in the order in which attempts at them began.
starts: list[int] = []


@job_kind("test_write", title="writes one line", unit="lines")
def write_line(run: JobRun) -> dict[str, Any]:
    """Writes one line into job_lines, waits at its gate and says in which standing it worked."""
    starts.append(run.job.pk)
    run.progress(1, 4, refused=2, note="half way")
    _write_line(run)
    if "gate" in run.parameters:
        gates[run.parameters["gate"]].pass_through()
    # The end of the work asks nothing: what counts is the guard before the commit.
    run.lifeline.progress |= {"done": 4}
    scope = current_scope()
    return {
        "url": "/lines/",
        "role": str(scope.role),
        "label": scope.label,
        "language": get_language(),
    }


@job_kind("test_refuse", title="refuses")
def refuse(run: JobRun) -> dict[str, Any]:
    """Gives up with a sentence, in one of the ways of doing so."""
    _write_line(run)
    sentence = run.parameters["sentence"]
    match run.parameters["by"]:
        case "verb":
            raise Refusal(sentence, code="refused")
        case "right":
            raise PermissionDenied(sentence)
        case "workbook":
            raise WorkbookRefused("encrypted")
        case _:
            raise JobFailed(sentence)


@job_kind("test_swallow", title="goes on after a database error")
def swallow(run: JobRun) -> dict[str, Any]:
    """Overlooks that its transaction has failed."""
    _write_line(run)
    with suppress(DatabaseError), connection.cursor() as cursor:
        cursor.execute("SELECT 1 / 0")
    return {}


@job_kind("test_break", title="breaks", max_attempts=2)
def break_down(run: JobRun) -> dict[str, Any]:
    """Ends in an exception that nobody expects."""
    _write_line(run)
    raise ZeroDivisionError


@job_kind("test_until_told", title="never ends by itself")
def go_on_until_told(run: JobRun) -> dict[str, Any]:
    """Works until it is cancelled or loses its lease."""
    starts.append(run.job.pk)
    _write_line(run)
    pause = threading.Event()
    for step in range(6000):
        run.progress(step)
        pause.wait(0.01)
    message = "nobody stopped the job"
    raise AssertionError(message)


def _write_line(run: JobRun) -> None:
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO job_lines (job) VALUES (%s)", [run.job.pk])
