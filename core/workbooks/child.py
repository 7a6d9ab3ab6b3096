"""The process that opens a workbook in its parent's stead: `python -m core.workbooks.child`.

Writes frames of the outline and of chunks of rows, and its progress to standard error.
"""

from __future__ import annotations

import sys
from dataclasses import asdict
from pathlib import Path
from typing import Any, BinaryIO

from core.confined.frames import write_frame
from core.confined.serving import serve
from core.workbooks.reader import Choices, open_workbook
from core.workbooks.shapes import Column


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
    sys.exit(serve(_read))
