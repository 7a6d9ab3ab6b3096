"""The process that opens a picture in its parent's stead: `python -m core.pictures.child`."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Any, BinaryIO

from core.confined.frames import write_frame
from core.confined.serving import serve
from core.pictures.reader import kind_of, pages_of


def _read(request: dict[str, Any], out: BinaryIO) -> None:
    path = Path(request["path"])
    kind = kind_of(path)
    write_frame(out, "outline", kind)
    count = 0
    for page in pages_of(path, kind):
        write_frame(out, "chunk", tuple(page))
        count += 1
    write_frame(out, "end", count)


if __name__ == "__main__":
    sys.exit(serve(_read))
