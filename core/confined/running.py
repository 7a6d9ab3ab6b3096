"""The parent's side: starts the child, waits for it, and takes what it found.

A process of its own (not `multiprocessing`) because Celery's workers are daemonic and may have no
such children, and because a forked worker would carry its connections and secrets along.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
from collections.abc import Callable
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import IO, Any, BinaryIO, cast

from core.confined.errors import PlainError
from core.confined.frames import Frame, frames_in, read_frame
from core.confined.serving import OUT_OF_MEMORY

__all__ = ["MEGABYTE", "ChildFailed", "Limits", "run_confined"]

MEGABYTE = 1024 * 1024

_ROOT = Path(__file__).resolve().parents[2]
_PASSED_ON = ("PATH", "LD_LIBRARY_PATH", "PYTHONHOME", "TMPDIR", "LANG", "LC_ALL")
# Rust aborts, Chromium's libraries trap and the kernel kills when there is no more memory; a stack
# that cannot grow faults.
_MEMORY_DEATHS = {
    OUT_OF_MEMORY,
    -signal.SIGABRT,
    -signal.SIGKILL,
    -signal.SIGSEGV,
    -signal.SIGBUS,
    -signal.SIGTRAP,
    -signal.SIGILL,
}


class ChildFailed(Exception):
    """The child process met an error of the portal's own; the message says where."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a child may take: bytes of address space, seconds of CPU, bytes that it writes.

    By the clock it may take twice the seconds.
    """

    memory: int
    seconds: int
    output: int


def run_confined(
    module: str,
    request: dict[str, Any],
    out: BinaryIO,
    *,
    limits: Limits,
    refused: type[PlainError],
    progress: Callable[[int, int], None] | None = None,
) -> list[Frame]:
    """Run ``python -m module`` on ``request`` (JSON); the frames that it wrote to ``out``.

    The child does not outlive this call. Lines "done total" of its standard error go to
    ``progress``, and what that raises ends the child. Raises ``refused`` with the child's code, or
    with ``too_slow`` or ``too_much_memory`` and their ``limit``; and `ChildFailed`.
    """
    status = _run(module, {**request, "limits": asdict(limits)}, out, progress, limits)
    fd = out.fileno()
    frames = frames_in(fd)
    last = {frame.kind: frame for frame in frames}
    if said := last.get("refused"):
        code, params = read_frame(fd, said)
        raise refused(code, **params)
    if failed := last.get("failed"):
        raise ChildFailed(read_frame(fd, failed))
    if "end" not in last:
        raise _death(status, limits, refused)
    return frames


def _run(
    module: str,
    request: dict[str, Any],
    out: BinaryIO,
    progress: Callable[[int, int], None] | None,
    limits: Limits,
) -> int:
    child = subprocess.Popen(
        [sys.executable, "-m", module],
        stdin=subprocess.PIPE,
        stdout=out,
        stderr=subprocess.PIPE,
        cwd=_ROOT,
        env={name: os.environ[name] for name in _PASSED_ON if name in os.environ},
        text=True,
        encoding="utf-8",
        errors="replace",
    )
    alarm = threading.Timer(2 * limits.seconds, child.send_signal, [signal.SIGXCPU])
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


def _tell(progress: Callable[[int, int], None] | None, line: str) -> None:
    done, _, total = line.strip().partition(" ")
    if progress is not None and done.isdigit() and total.isdigit():
        progress(int(done), int(total))


def _death(status: int, limits: Limits, refused: type[PlainError]) -> Exception:
    """Why a child ended before its time."""
    if status == -signal.SIGXCPU:
        return refused("too_slow", limit=limits.seconds)
    if status in _MEMORY_DEATHS:
        return refused("too_much_memory", limit=limits.memory // MEGABYTE)
    return ChildFailed(f"The child process ended with status {status}.")
