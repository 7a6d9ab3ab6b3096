"""The child's side: holds itself to the limits of the request, reads, and says what came of it.

It knows no settings and no secrets.
"""

from __future__ import annotations

import json
import resource
import sys
import traceback
from collections.abc import Callable
from typing import Any, BinaryIO

from core.confined.errors import PlainError
from core.confined.frames import write_frame

__all__ = ["OUT_OF_MEMORY", "serve"]

OUT_OF_MEMORY = 77
"""Exit status of a child that met its memory limit in Python."""


def serve(read: Callable[[dict[str, Any], BinaryIO], None]) -> int:
    """Answer the request on standard input with the frames that ``read`` writes; the exit status.

    A `PlainError` of ``read`` becomes the frame "refused", anything else the frame "failed".
    """
    request = json.load(sys.stdin)
    _limit(request["limits"])
    out = sys.stdout.buffer
    try:
        read(request, out)
    except PlainError as refused:
        write_frame(out, "refused", (refused.code, refused.params))
    except MemoryError:
        return OUT_OF_MEMORY
    except Exception as error:  # noqa: BLE001 - handed to the parent, which raises it
        # where it happened, not the message, which may quote the file
        where = "".join(traceback.format_tb(error.__traceback__))
        write_frame(out, "failed", f"{type(error).__name__}\n{where}")
    out.flush()
    return 0


def _limit(limits: dict[str, int]) -> None:
    memory, seconds, output = limits["memory"], limits["seconds"], limits["output"]
    resource.setrlimit(resource.RLIMIT_AS, (memory, memory))
    resource.setrlimit(resource.RLIMIT_CPU, (seconds, seconds + 1))
    resource.setrlimit(resource.RLIMIT_FSIZE, (output, output))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))  # a dump would hold people's data
