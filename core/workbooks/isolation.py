"""Reading a workbook from elsewhere: in a child process, with limits on memory and time."""

from __future__ import annotations

import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import asdict
from pathlib import Path
from typing import BinaryIO, cast

from core.confined.frames import Frame, read_frame
from core.confined.running import Limits, run_confined
from core.workbooks.chunks import FramedChunks
from core.workbooks.errors import WorkbookRefused
from core.workbooks.shapes import MAX_UNPACKED, MEGABYTE, Column, Outline, Progress, Sheet

__all__ = ["MEMORY_LIMIT", "TIME_LIMIT", "read_in_child"]

MEMORY_LIMIT = 512 * MEGABYTE
"""Address space of the child; 200,000 rows of ten columns take about half of it."""
TIME_LIMIT = 60
"""Seconds of CPU for the child; it may take twice as long by the clock."""

_CHILD = "core.workbooks.child"


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
    }
    limits = Limits(memory=memory_limit, seconds=time_limit, output=4 * MAX_UNPACKED)
    # closed with the sheet, or below when there is none
    file = cast("BinaryIO", tempfile.TemporaryFile())  # noqa: SIM115
    try:
        frames = run_confined(
            _CHILD, request, file, limits=limits, refused=WorkbookRefused, progress=progress
        )
        return _sheet(file, columns, frames)
    except BaseException:
        file.close()
        raise


def _sheet(file: BinaryIO, columns: Sequence[Column], frames: Sequence[Frame]) -> Sheet:
    fd = file.fileno()
    last = {frame.kind: frame for frame in frames}
    return Sheet(
        outline=Outline(**read_frame(fd, last["outline"])),
        columns=tuple(columns),
        count=read_frame(fd, last["end"]),
        _chunks=FramedChunks(file, [frame for frame in frames if frame.kind == "chunk"]),
    )
