"""What the commands print: one line a step, and failures in plain words."""

import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager

WIDTH = 26


class FailureError(Exception):
    """The command cannot go on; the message says what happened and what to do."""


def line(text: str = "") -> None:
    """Print a line at once, also into a pipe."""
    sys.stdout.write(f"{text}\n")
    sys.stdout.flush()


def skipped(step: str) -> None:
    """Say that a step has nothing to do."""
    line(f"{step:<{WIDTH}}up to date")


@contextmanager
def step(name: str, doing: str) -> Iterator[None]:
    """Say what is being done, and when it is done how long it took."""
    sys.stdout.write(f"{name:<{WIDTH}}{doing} … ")
    sys.stdout.flush()
    began = time.monotonic()
    try:
        yield
    except BaseException:
        line("stopped")
        raise
    line(f"{time.monotonic() - began:.1f} s")
