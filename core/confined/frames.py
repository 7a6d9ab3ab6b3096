"""How the child hands what it read to its parent: pickled frames in a file, each after its length.

The parent trusts the child's frames no further than data goes: nothing but plain values and dates
is brought to life.
"""

from __future__ import annotations

import io
import os
import pickle
import struct
from dataclasses import dataclass
from typing import Any, BinaryIO, Literal

__all__ = ["Frame", "FrameKind", "frames_in", "read_frame", "write_frame"]

FrameKind = Literal["outline", "chunk", "refused", "failed", "end"]

_KINDS: tuple[FrameKind, ...] = ("outline", "chunk", "refused", "failed", "end")
_PREFIX = struct.Struct("<BI")
_DATES = {"date", "datetime", "time", "timedelta"}


@dataclass(frozen=True, slots=True)
class Frame:
    """Where a frame's content lies in the file."""

    kind: FrameKind
    start: int
    length: int


class _PlainUnpickler(pickle.Unpickler):
    def find_class(self, module: str, name: str) -> Any:
        if module == "datetime" and name in _DATES:
            return super().find_class(module, name)
        raise pickle.UnpicklingError(f"A frame holds {module}.{name}.")


def write_frame(file: BinaryIO, kind: FrameKind, content: object) -> None:
    """Append a frame of plain values."""
    data = pickle.dumps(content, protocol=5)
    file.write(_PREFIX.pack(_KINDS.index(kind), len(data)))
    file.write(data)


def frames_in(fd: int) -> list[Frame]:
    """The whole frames in the file; one that broke off is left out."""
    frames: list[Frame] = []
    at, size = 0, os.fstat(fd).st_size
    while len(prefix := os.pread(fd, _PREFIX.size, at)) == _PREFIX.size:
        kind, length = _PREFIX.unpack(prefix)
        at += _PREFIX.size
        if at + length > size:
            break
        frames.append(Frame(_KINDS[kind], at, length))
        at += length
    return frames


def read_frame(fd: int, frame: Frame) -> Any:
    """A frame's content; raises `pickle.UnpicklingError` when it holds more than plain values."""
    data = os.pread(fd, frame.length, frame.start)
    return _PlainUnpickler(io.BytesIO(data)).load()
