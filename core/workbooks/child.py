"""The process that opens a workbook in its parent's stead: `python -m core.workbooks.child`.

Takes a request as JSON on standard input, writes frames (`core.workbooks.frames`) to standard
output and its progress, as lines "done total", to standard error. It knows no settings and no
secrets, and holds itself to the limits of the request before it touches the file.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from core.workbooks.errors import WorkbookRefused
from core.workbooks.frames import write_frame
from core.workbooks.reader import Choices, open_workbook
from core.workbooks.shapes import MAX_UNPACKED, Column

__all__ = ["OUT_OF_MEMORY"]

OUT_OF_MEMORY = 77
"""Exit status of a child that met its memory limit in Python."""


def main() -> int:
    """Read one workbook."""
    request = json.load(sys.stdin)
    _limit(memory=request["memory_limit"], seconds=request["time_limit"])
    out = sys.stdout.buffer
    try:
        _read(request, out)
    except WorkbookRefused as refused:
        write_frame(out, "refused", (refused.code, refused.params))
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
        # where it happened, not the message, which may quote cells
        where = "".join(traceback.format_tb(error.__traceback__))
        write_frame(out, "failed", f"{type(error).__name__}\n{where}")
    out.flush()
    return 0


def _limit(*, memory: int, seconds: int) -> None:
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (4 * MAX_UNPACKED, 4 * MAX_UNPACKED))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold people's data


def _read(request: dict[str, Any], out: BinaryIO) -> None:
    columns = [
        Column(**{**wanted, "synonyms": tuple(wanted["synonyms"])}) for wanted in request["columns"]
    ]
    opened = open_workbook(Path(request["path"]), columns, Choices(**request["choices"]))
    write_frame(out, "outline", asdict(opened.outline))
    count = 0
    for chunk in opened.chunks():
        write_frame(out, "chunk", chunk)
        count += len(chunk)
        sys.stderr.write(f"{chunk[-1][0]} {opened.height}\n")
    write_frame(out, "end", count)


if __name__ == "__main__":
    sys.exit(main())
