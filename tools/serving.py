"""`make demo` and `make run`: web, worker and clock until somebody asks for an end."""

import errno
import fcntl
import http.client
import json
import os
import signal
import socket
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from tools import servers
from tools.places import BIN, var_dir
from tools.processes import InterruptedBySignalError
from tools.say import FailureError, line, step
from tools.supervisor import Supervisor

HOST = "127.0.0.1"
READY_SECONDS = 180


def port() -> int:
    """Return the port to serve on: PORT, else 8000."""
    named = os.environ.get("PORT") or "8000"
    if not named.isdecimal() or not 1 <= int(named) <= 65535:
        raise FailureError(f"PORT={named} is no port: give a number from 1 to 65535.")
    return int(named)


def require_free_port(wanted: int, *, command: str) -> None:
    """Raise FailureError, saying what to do, when the port cannot be had."""
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        # Connections of an earlier run that linger do not count as taken.
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((HOST, wanted))
        except OSError as error:
            raise FailureError(port_problem(wanted, error, command)) from error


def port_problem(wanted: int, error: OSError, command: str) -> str:
    advice = f"Choose another: PORT={8001 if wanted == 8000 else 8000} make {command}"
    if error.errno == errno.EADDRINUSE:
        return f"Port {wanted} on {HOST} is taken by another program. {advice}"
    if error.errno == errno.EACCES:
        return f"Port {wanted} on {HOST} is kept for the system's administrator. {advice}"
    return f"Port {wanted} on {HOST} cannot be used: {error.strerror}. {advice}"


@contextmanager
def only_one(wanted: int) -> Iterator[None]:
    """Hold the right to serve from this VAR_DIR; the kernel frees a dead holder's."""
    path = var_dir() / "serving.lock"
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("a+") as lock:
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            raise FailureError(already_running(path)) from None
        lock.truncate(0)
        lock.write(json.dumps({"pid": os.getpid(), "port": wanted}))
        lock.flush()
        yield


def already_running(path: Path) -> str:
    held = json.loads(path.read_text() or "{}")
    return (
        f"The portal already runs from {path.parent}: http://{HOST}:{held.get('port', '?')}"
        f" (process {held.get('pid', '?')}). `make stop` ends it."
    )


def serve(used: servers.Servers, wanted: int, *, closing_words: str = "") -> None:
    """Serve until a signal asks for an end; raise FailureError when a server ends by itself."""
    address = f"http://{HOST}:{wanted}"
    with Supervisor({**used.environment, "PORT": str(wanted)}) as supervisor:
        with step("Portal", "web, worker, clock"):
            words = commands(wanted)
            for name in ("web", "worker"):
                supervisor.start(name, words[name])
            wait_until_ready(supervisor, wanted)
            # Nobody waits for its first ring, and it would only take the others' time to start.
            supervisor.start("clock", words["clock"])
        if closing_words:
            line(f"\n{closing_words}")
        line(f"ready: {address}")
        line("Ctrl-C stops it.")
        try:
            while True:
                supervisor.watch()
        except InterruptedBySignalError as asked:
            name = signal.Signals(asked.signum).name
            line(f"\nStopping ({name}).")


def commands(wanted: int) -> dict[str, list[str]]:
    """Return the command of each server by its name."""
    celery = [str(BIN / "celery"), "--app", "portal"]
    quiet = ["--without-gossip", "--without-mingle", "--without-heartbeat"]
    jobs = ["--hostname", "jobs@%h", "--queues", "jobs", "--pool", "prefork", "--concurrency", "2"]
    # Rings, and does the short work that it rings for, however long the jobs before it.
    clock = ["--hostname", "clock@%h", "--queues", "clock", "--pool", "solo", "--beat"]
    web = {
        "--interface": "wsgi",
        "--host": HOST,
        "--port": str(wanted),
        "--workers": "2",
        "--blocking-threads": "1",
        # Connections held open count too, and a browser holds six.
        "--backpressure": "128",
    }
    options = [word for pair in web.items() for word in pair]
    return {
        "web": [str(BIN / "granian"), *options, "--no-ws", "portal.wsgi:application"],
        "worker": [*celery, "worker", *jobs, *quiet],
        "clock": [*celery, "worker", *clock, *quiet],
    }


def wait_until_ready(supervisor: Supervisor, wanted: int) -> None:
    """Wait until database, broker and worker answer; raise FailureError when they don't."""
    deadline = time.monotonic() + READY_SECONDS
    while not (said := readiness(wanted)).startswith("200"):
        supervisor.watch(0.1)
        if time.monotonic() > deadline:
            raise FailureError(
                f"Not ready after {READY_SECONDS} s; /readyz says: {said}\n"
                f"See the logs in {var_dir() / 'log'}."
            )


def readiness(wanted: int) -> str:
    """Return the status and the start of what /readyz answers, or why there is no answer."""
    connection = http.client.HTTPConnection(HOST, wanted, timeout=10)
    with closing(connection):
        try:
            connection.request("GET", "/readyz")
            answer = connection.getresponse()
            return f"{answer.status} {answer.read(500).decode(errors='replace')}"
        except (OSError, http.client.HTTPException) as error:
            return str(error)
