"""Child processes that never outlive the command, whatever ends it."""

import ctypes
import os
import signal
import subprocess
import sys
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path
from types import FrameType
from typing import IO

from tools.places import ROOT, log_file, var_dir
from tools.say import FailureError

# Every server, and what it starts, carries this variable; its value is the VAR_DIR it serves.
MARK = "PORTAL_STARTED_FOR"
PATIENCE_SECONDS = 10
ENDING_SIGNALS = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
PR_SET_PDEATHSIG = 1


class InterruptedBySignalError(BaseException):
    """Somebody asked the command to end."""

    def __init__(self, signum: int) -> None:
        super().__init__(signal.Signals(signum).name)
        self.signum = signum


def raise_on_signals() -> None:
    """Turn the signals that ask for an end into an exception, so that everything is cleared up."""

    def handle(signum: int, frame: FrameType | None) -> None:
        ignore_signals()
        raise InterruptedBySignalError(signum)

    for signum in ENDING_SIGNALS:
        signal.signal(signum, handle)


def ignore_signals() -> None:
    """Let nothing interrupt the clearing up, which is bounded in time.

    A handler rather than SIG_IGN, which children would inherit.
    """
    for signum in ENDING_SIGNALS:
        signal.signal(signum, lambda _number, _frame: None)


def start(
    words: Sequence[str], *, environment: Mapping[str, str], output: IO[str] | None
) -> subprocess.Popen[str]:
    """Start a child in a process group of its own that gets SIGTERM when we die."""
    return subprocess.Popen(
        list(words),
        cwd=ROOT,
        env=dict(environment),
        stdin=subprocess.DEVNULL,
        stdout=output,
        stderr=subprocess.STDOUT if output else None,
        text=True,
        start_new_session=True,
        preexec_fn=die_with_parent if sys.platform == "linux" else None,  # noqa: PLW1509 - no threads
    )


def die_with_parent() -> None:
    """Ask the kernel to end this process when its parent is gone, even by SIGKILL."""
    ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGTERM)


def run(
    words: Sequence[str],
    *,
    log: str,
    environment: Mapping[str, str] | None = None,
    advice: str = "",
) -> None:
    """Run a command to its end with its output in a log; raise FailureError with the log's end."""
    path = log_file(log)
    with path.open("w") as output:
        child = start(words, environment=environment or os.environ, output=output)
        code = wait_or_end(child)
    if code:
        said = tail(path)
        raise FailureError(
            f"{Path(words[0]).name} failed (exit {code}), see {path}:\n{said}\n{advice}"
        )


def show(words: Sequence[str], *, environment: Mapping[str, str] | None = None) -> int:
    """Run a command with its output on the terminal; return its exit code."""
    return wait_or_end(start(words, environment=environment or os.environ, output=None))


def answer(words: Sequence[str], *, environment: Mapping[str, str] | None = None) -> str:
    """Run a command and return what it printed; raise FailureError when it fails."""
    child = subprocess.run(
        list(words),
        cwd=ROOT,
        env=dict(environment or os.environ),
        check=False,
        capture_output=True,
        text=True,
    )
    if child.returncode:
        raise FailureError(f"{' '.join(words)} failed:\n{child.stdout}{child.stderr}")
    return child.stdout


def wait_or_end(child: subprocess.Popen[str]) -> int:
    """Wait for a child; when we are interrupted, end it and what it started."""
    try:
        return child.wait()
    except BaseException:
        end([child])
        raise


def end(children: Sequence[subprocess.Popen[str]]) -> None:
    """Ask children to end, wait, then kill what is left of their process groups.

    Nothing here waits for a child by `Popen.wait`: the signal that brought us here may have come
    between its taking its lock and its giving it back, and then it would wait for ever.
    """
    for child in children:
        if child.poll() is None:
            child.terminate()
    wait_for_end([child.pid for child in children])
    for child in children:
        kill_group(child.pid)
    wait_for_end([child.pid for child in children])
    for child in children:
        child.poll()


def wait_for_end(pids: Sequence[int]) -> None:
    """Wait until none of the processes runs, for as long as our patience lasts."""
    deadline = time.monotonic() + PATIENCE_SECONDS
    while any(is_running(pid) for pid in pids) and time.monotonic() < deadline:
        time.sleep(0.01)  # noqa: TID251 - the kernel tells only parents of an end


def kill_group(group: int) -> None:
    with suppress(ProcessLookupError):  # the usual case: all of it has ended
        os.killpg(group, signal.SIGKILL)


def marked_processes() -> list[int]:
    """Return the servers of this VAR_DIR and what they started, however they lost their parent."""
    mark = f"{MARK}={var_dir()}".encode()
    return [
        int(entry.name)
        for entry in Path("/proc").glob("[0-9]*")
        if int(entry.name) != os.getpid() and mark in variables_of(entry)
    ]


def variables_of(process: Path) -> list[bytes]:
    try:
        return (process / "environ").read_bytes().split(b"\0")
    except (PermissionError, FileNotFoundError, ProcessLookupError):
        return []  # another user's, or gone meanwhile


def tail(path: Path, *, lines: int = 15) -> str:
    """Return the last lines of a log, indented."""
    text = path.read_text(errors="replace").splitlines()[-lines:]
    return "\n".join(f"    {one}" for one in text)


def end_strangers(pids: Sequence[int]) -> None:
    """End processes that are not our children: ask, wait, then kill."""
    for signum in (signal.SIGTERM, signal.SIGKILL):
        for pid in pids:
            send(pid, signum)
        wait_for_end(pids)


def send(pid: int, signum: signal.Signals) -> None:
    with suppress(ProcessLookupError):  # it ended by itself
        os.kill(pid, signum)


def is_running(pid: int) -> bool:
    """Tell whether a process exists and is more than an entry that waits to be collected."""
    try:
        state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
    except (FileNotFoundError, ProcessLookupError):
        return False
    return state != "Z"
