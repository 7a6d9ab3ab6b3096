"""A sheet's rows, kept in a file of frames."""

from __future__ import annotations

from collections.abc import Iterator
from typing import BinaryIO

from core.confined.frames import Frame, read_frame
from core.workbooks.shapes import NumberedCells

__all__ = ["FramedChunks"]


class FramedChunks:
    """A sheet's rows in a file that no longer has a name: gone when closed."""

    def __init__(self, file: BinaryIO, frames: list[Frame]) -> None:
        self._file = file
        self._frames = frames

    def __iter__(self) -> Iterator[list[NumberedCells]]:
        fd = self._file.fileno()
        return (read_frame(fd, frame) for frame in self._frames)

    def close(self) -> None:
        self._file.close()
