"""Child processes of the benchmarks: started in the project's folder, ended with their block."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

__all__ = ["ROOT", "running"]

ROOT = Path(__file__).resolve().parents[2]
PATIENCE_SECONDS = 15


@contextmanager
def running(name: str, words: Sequence[str], *, folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """Runs a server with its output in ``folder``/log while the block runs."""
    with (folder / "log" / f"{name}.log").open("wb") as log:
        process = subprocess.Popen(
            list(words), cwd=ROOT, stdin=subprocess.DEVNULL, stdout=log, stderr=log
        )
        try:
            yield process
        finally:
            process.terminate()
            try:
                process.wait(PATIENCE_SECONDS)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
