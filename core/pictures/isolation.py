"""Reading a picture from elsewhere: in a child process, with limits on memory and time."""

from __future__ import annotations

import tempfile
from pathlib import Path
from typing import BinaryIO, cast

from core.confined.frames import read_frame
from core.confined.running import MEGABYTE, Limits, run_confined
from core.pictures.errors import PictureRefused
from core.pictures.shapes import Page, Pictures

__all__ = ["MEMORY_LIMIT", "TIME_LIMIT", "read_pictures"]

MEMORY_LIMIT = 768 * MEGABYTE
"""Address space of the child; a picture of 48 million pixels takes about half of it."""
TIME_LIMIT = 15
"""Seconds of CPU for the child; it may take twice as long by the clock."""

_CHILD = "core.pictures.child"
# Twenty pages of pure noise come to a quarter of it.
_OUTPUT_LIMIT = 256 * MEGABYTE


def read_pictures(
    path: Path, *, memory_limit: int = MEMORY_LIMIT, time_limit: int = TIME_LIMIT
) -> Pictures:
    """The pages of the file, in memory; `memory_limit` in bytes.

    Raises `PictureRefused` for what is no picture, and when the child meets a limit.
    """
    limits = Limits(memory=memory_limit, seconds=time_limit, output=_OUTPUT_LIMIT)
    with tempfile.TemporaryFile() as file:
        out = cast("BinaryIO", file)
        frames = run_confined(
            _CHILD, {"path": str(path.resolve())}, out, limits=limits, refused=PictureRefused
        )
        fd = out.fileno()
        kind = next(read_frame(fd, frame) for frame in frames if frame.kind == "outline")
        pages = (read_frame(fd, frame) for frame in frames if frame.kind == "chunk")
        return Pictures(kind, tuple(Page(*page) for page in pages))
