"""`make stop`: whatever an earlier command left running for this VAR_DIR."""

import fcntl
import json
import os
import signal
import time
from pathlib import Path

from tools import servers
from tools.places import var_dir
from tools.processes import ignore_signals
from tools.say import FailureError, line
from tools.supervisor import end_leftovers

PATIENCE_SECONDS = 40


def stop() -> int:
    """Stop a running portal, what was left of one, and the embedded servers."""
    ignore_signals()
    stopped = stop_portal(var_dir() / "serving.lock")
    end_leftovers()
    names = servers.stop()
    for name in names:
        line(f"{name} stopped.")
    if not stopped and not names:
        line("Nothing was running.")
    return 0


def stop_portal(lock: Path) -> bool:
    """Ask the command that serves from this VAR_DIR to end; return whether there was one."""
    if not is_held(lock):
        return False
    pid = json.loads(lock.read_text())["pid"]
    line(f"Stopping the portal (process {pid}).")
    os.kill(pid, signal.SIGTERM)
    deadline = time.monotonic() + PATIENCE_SECONDS
    while is_held(lock):
        if time.monotonic() > deadline:
            raise FailureError(f"Process {pid} does not end; look at it with `ps {pid}`.")
        time.sleep(0.1)  # noqa: TID251 - only its parent is told
    return True


def is_held(path: Path) -> bool:
    """Tell whether a living process holds the lock."""
    if not path.exists():
        return False
    with path.open() as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            return True
        return False
