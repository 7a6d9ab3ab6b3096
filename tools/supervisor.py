"""Keeping a set of servers running together: all of them, or none."""

import os
import signal
import subprocess
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Self, TextIO

from tools import processes
from tools.places import log_file, var_dir
from tools.say import FailureError, line

LOOK_SECONDS = 0.3


@dataclass(frozen=True)
class Child:
    """One server: its name, which is also its log's, its process and its log."""

    name: str
    process: "subprocess.Popen[str]"
    log: TextIO


class Supervisor:
    """Starts servers, watches them, and leaves none behind.

    Use it as a context: whatever ends the block ends the servers and all that they started.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self.environment = {**environment, processes.MARK: str(var_dir())}
        self.children: list[Child] = []
        self.parent = os.getppid()

    def __enter__(self) -> Self:
        end_leftovers()
        return self

    def __exit__(self, *_: object) -> None:
        processes.ignore_signals()
        processes.end([child.process for child in self.children])
        for child in self.children:
            child.log.close()
        end_leftovers()

    def start(self, name: str, words: Sequence[str]) -> None:
        """Start a server with its output in its log."""
        log = log_file(name).open("w")
        self.children.append(
            Child(name, processes.start(words, environment=self.environment, output=log), log)
        )

    def watch(self, seconds: float = LOOK_SECONDS) -> None:
        """Wait a moment; raise FailureError when a server has ended or nobody needs us any more."""
        with suppress(subprocess.TimeoutExpired):
            self.children[0].process.wait(timeout=seconds)
        for child in self.children:
            if (code := child.process.poll()) is not None:
                raise FailureError(self.obituary(child, code))
        if os.getppid() != self.parent:
            # make was killed and could not pass the signal on.
            raise processes.InterruptedBySignalError(signal.SIGHUP)

    def obituary(self, child: Child, code: int) -> str:
        """Say which server ended and how."""
        how = (
            f"was killed by {signal.Signals(-code).name}" if code < 0 else f"ended with exit {code}"
        )
        path = log_file(child.name)
        return f"The {child.name} {how}; everything stops. {path}:\n{processes.tail(path)}"


def end_leftovers() -> None:
    """End what servers left behind, or a command that was killed before it could clear up."""
    left = processes.marked_processes()
    if left:
        line(f"Ending {len(left)} process(es) left over from before.")
        processes.end_strangers(left)
