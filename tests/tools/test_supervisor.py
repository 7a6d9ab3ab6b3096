"""The supervisor leaves no process behind, whatever ends it."""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.servers.places import wait_until
from tools.places import ROOT
from tools.processes import MARK, end_strangers, is_running, marked_processes
from tools.supervisor import Supervisor

# Two servers, each with a process of its own that does not listen to its parent's end.
SCRIPT = """
import os, sys
from tools.processes import InterruptedBySignalError, raise_on_signals
from tools.say import FailureError, line
from tools.supervisor import Supervisor

raise_on_signals()
try:
    with Supervisor(os.environ) as supervisor:
        supervisor.start("first", ["sh", "-c", "setsid sleep 1000 & exec sleep 1000"])
        supervisor.start("second", ["sh", "-c", "sleep 1000 & exec sleep 1000"])
        line("started")
        while True:
            supervisor.watch()
except InterruptedBySignalError:
    sys.exit(0)
except FailureError as failure:
    line(str(failure))
    sys.exit(1)
"""
PROCESSES = 4
SECONDS = 30
# As if a signal had come just after Popen.wait or Popen.poll had taken its lock.
INTERRUPTED = """
import os
from tools.processes import end, start

child = start(["sleep", "1000"], environment=os.environ, output=None)
child._waitpid_lock.acquire()
end([child])
"""


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A VAR_DIR of this test's own, in which nothing runs afterwards."""
    monkeypatch.setenv("VAR_DIR", str(tmp_path))
    yield tmp_path
    end_strangers(marked_processes())


def run_supervisor(*before: str) -> "subprocess.Popen[str]":
    """Start the script and wait until all its processes run."""
    words = [*before, sys.executable, "-c", SCRIPT]
    script = subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert wait_until(lambda: len(sleepers()) == PROCESSES, seconds=SECONDS)
    return script


def sleepers() -> list[int]:
    """Return the marked processes that have become `sleep`."""
    found = []
    for pid in marked_processes():
        try:
            name = Path(f"/proc/{pid}/comm").read_text().strip()
        except (FileNotFoundError, ProcessLookupError):
            continue
        if name == "sleep":
            found.append(pid)
    return found


@pytest.mark.parametrize("signum", [signal.SIGINT, signal.SIGTERM, signal.SIGHUP])
def test_supervisor_asked_to_end_ends_all(here: Path, signum: signal.Signals) -> None:
    script = run_supervisor()

    script.send_signal(signum)

    script.communicate(timeout=SECONDS)
    assert script.returncode == 0
    assert marked_processes() == []


def test_child_is_ended_though_waiting_for_it_was_interrupted(here: Path) -> None:
    words = [sys.executable, "-c", INTERRUPTED]
    environment = {**os.environ, MARK: str(here)}
    subprocess.run(words, cwd=ROOT, env=environment, check=True, timeout=SECONDS)
    assert marked_processes() == []


def test_supervisor_ends_all_when_one_server_dies(here: Path) -> None:
    script = run_supervisor()
    # A server leads its process group and is the supervisor's child; what it started is not both.
    second = next(pid for pid in sleepers() if os.getpgid(pid) == pid and parent(pid) == script.pid)

    os.kill(second, signal.SIGKILL)

    said, _ = script.communicate(timeout=SECONDS)
    assert script.returncode == 1
    assert "was killed by SIGKILL; everything stops." in said
    assert marked_processes() == []


def test_supervisor_ends_all_when_its_caller_was_killed(here: Path) -> None:
    # The shell stands for make, killed before it could pass the signal on.
    script = run_supervisor("sh", "-c", '"$@"; exit $?', "sh")

    script.kill()

    assert wait_until(lambda: marked_processes() == [], seconds=SECONDS)
    script.communicate(timeout=SECONDS)


def test_supervisor_ends_what_a_killed_one_left(here: Path) -> None:
    script = run_supervisor()
    script.kill()
    script.communicate(timeout=SECONDS)
    left = marked_processes()

    with Supervisor(os.environ):
        assert marked_processes() == []

    # The kernel ended the servers with their parent; those that they had started were left.
    assert left
    assert not any(is_running(pid) for pid in left)


def parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
