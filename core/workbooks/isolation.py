"""Reading a workbook from elsewhere: in a child process, with limits on memory and time.

A process of its own (not `multiprocessing`) because Celery's workers are daemonic and may have no
such children, and because a forked worker would carry its connections and secrets along.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import tempfile
import threading
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from core.workbooks.child import OUT_OF_MEMORY
from core.workbooks.errors import WorkbookRefused
from core.workbooks.frames import Frame, FramedChunks, frames_in, read_frame
from core.workbooks.shapes import MEGABYTE, Column, Outline, Progress, Sheet

__all__ = ["MEMORY_LIMIT", "TIME_LIMIT", "WorkbookChildFailed", "read_in_child"]

MEMORY_LIMIT = 512 * MEGABYTE
"""Address space of the child; 200,000 rows of ten columns take about half of it."""
TIME_LIMIT = 60
"""Seconds of CPU for the child; it may take twice as long by the clock."""

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "TMPDIR", "LANG", "LC_ALL")


class WorkbookChildFailed(Exception):
    """The child process met an error of the portal's own; the message says where."""


def read_in_child(
    path: Path,
    columns: Sequence[Column],
    *,
    mapping: Mapping[str, int | None] | None = None,
    sheet: str | None = None,
    header_row: int | None = None,
    memory_limit: int = MEMORY_LIMIT,
    time_limit: int = TIME_LIMIT,
    progress: Progress | None = None,
) -> Sheet:
    """Like `read_workbook`, for files from elsewhere; `memory_limit` in bytes.

    The whole file has been read when this returns, so nothing is taken from a workbook that is
    refused in its middle. The rows wait in a nameless file: walk them by `Sheet.chunks()`, as
    often as needed, and close the sheet. `progress` is told rows done and rows in the sheet; what
    it raises ends the reading. Raises `WorkbookRefused`, also when the child meets a limit.
    """
    request = {
        "path": str(path.resolve()),
        "columns": [{**asdict(column), "label": str(column.label)} for column in columns],
        "choices": {"mapping": mapping and dict(mapping), "sheet": sheet, "header_row": header_row},
        "memory_limit": memory_limit,
        "time_limit": time_limit,
    }
    # closed with the sheet, or below when there is none
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115
    try:
        status = _run_child(request, file, progress, clock_limit=2 * time_limit)
        return _sheet(file, columns, status, request)
    except BaseException:
        file.close()
        raise


def _run_child(
    request: dict[str, Any], out: BinaryIO, progress: Progress | None, *, clock_limit: int
) -> int:
    """The child's exit status; it does not outlive this call."""
    child = subprocess.Popen(
        [sys.executable, "-m", "core.workbooks.child"],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    alarm = threading.Timer(clock_limit, child.send_signal, [signal.SIGXCPU])
    try:
        alarm.start()
        with child:
            _ask(cast("IO[str]", child.stdin), request)
            for line in cast("IO[str]", child.stderr):
                _tell(progress, line)
        return child.returncode
    finally:
        alarm.cancel()
        if child.poll() is None:
            child.kill()
            child.wait()


def _ask(stdin: IO[str], request: dict[str, Any]) -> None:
    try:
        with stdin:
            json.dump(request, stdin)
    except BrokenPipeError:
        return  # it died at birth: its status will tell


def _tell(progress: Progress | None, line: str) -> None:
    done, _, total = line.strip().partition(" ")
    if progress is not None and done.isdigit() and total.isdigit():
        progress(int(done), int(total))


def _sheet(
    file: BinaryIO, columns: Sequence[Column], status: int, request: dict[str, Any]
) -> Sheet:
    fd = file.fileno()
    found = frames_in(fd)
    frames = {frame.kind: frame for frame in found}
    if refused := frames.get("refused"):
        code, params = read_frame(fd, refused)
        raise WorkbookRefused(code, **params)
    if failed := frames.get("failed"):
        raise WorkbookChildFailed(read_frame(fd, failed))
    if "end" not in frames:
        raise _death(status, request)
    chunks: list[Frame] = [frame for frame in found if frame.kind == "chunk"]
    return Sheet(
        outline=Outline(**read_frame(fd, frames["outline"])),
        columns=tuple(columns),
        count=read_frame(fd, frames["end"]),
        _chunks=FramedChunks(file, chunks),
    )


def _death(status: int, request: dict[str, Any]) -> Exception:
    """Why a child ended before its time."""
    if status == -signal.SIGXCPU:
        return WorkbookRefused("too_slow", limit=request["time_limit"])
    # Rust aborts and the kernel kills when there is no more memory; a stack that cannot grow faults
    if status in {OUT_OF_MEMORY, -signal.SIGABRT, -signal.SIGKILL, -signal.SIGSEGV, -signal.SIGBUS}:
        return WorkbookRefused("too_much_memory", limit=request["memory_limit"] // MEGABYTE)
    return WorkbookChildFailed(f"The child process ended with status {status}.")
