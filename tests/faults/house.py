"""A portal of its own for the fault tests: servers, worker, clock and desk that may be killed.

Everything runs in processes of its own under a folder of its own, so that no other test notices.
"""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import IO, Any

import psycopg
import redis

from portal.servers import ensure_servers
from portal.servers.environment import ROOT
from portal.servers.places import log_tail, wait_until
from tools.processes import die_with_parent

__all__ = ["House", "kill_group"]

HANGING = 90
PYTHON = sys.executable


class House:
    """The portal under ``folder``."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.log = folder / "log" / "faults.log"
        self.processes: list[Process] = []
        self.addresses = ensure_servers(folder)
        self.owner = self._connect()
        self.desk("build", str(folder))
        self.sql("CREATE TABLE fault_note (job bigint NOT NULL)")
        self.sql("GRANT INSERT ON fault_note TO portal_tier3, portal_job")

    def start_servers(self) -> None:
        """Starts what does not run, as each of the project's commands does."""
        self.addresses = ensure_servers(self.folder)
        self.owner.close()
        self.owner = self._connect()

    @property
    def environment(self) -> dict[str, str]:
        """For the processes of this house."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith("PYTEST")}
        return {
            **kept,
            **self.addresses,
            "VAR_DIR": str(self.folder),
            "DJANGO_SETTINGS_MODULE": "tests.faults.settings",
            "LOG_LEVEL": "WARNING",
        }

    def desk(self, *words: str) -> list[Any]:
        """What the desk answers; see `tests.faults.desk`."""
        done = subprocess.run(
            [PYTHON, "-m", "tests.faults", *words],
            check=False,
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
        )
        assert done.returncode == 0, done.stderr
        return [json.loads(line) for line in done.stdout.splitlines()]

    def ask(self, kind: str, *parameters: dict[str, Any]) -> list[int]:
        """Ids of jobs that the desk asks for."""
        return self.desk("ask", kind, *map(json.dumps, parameters))

    @contextmanager
    def running(self, *words: str, out: IO[str] | int | None = None) -> Iterator[Process]:
        """A Python program in a process group of its own, killed at the end if it still runs."""
        log = self.log.open("a")
        process = subprocess.Popen(
            [PYTHON, *words],
            cwd=ROOT,
            env=self.environment,
            stdin=subprocess.DEVNULL,
            stdout=log if out is None else out,
            stderr=log,
            text=True,
            start_new_session=True,
            preexec_fn=die_with_parent,  # noqa: PLW1509 - no threads
        )
        self.processes.append(process)
        try:
            yield process
        finally:
            kill_group(process)
            self.processes.remove(process)
            log.close()
            if process.stdout:
                process.stdout.close()

    @contextmanager
    def worker(self) -> Iterator[Process]:
        """A worker as the portal starts it."""
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        jobs = ("--hostname", "jobs@%h", "--queues", "jobs")
        options = ("worker", *jobs, "--pool", "prefork", "--concurrency", "2", *quiet)
        with self.running("-m", "celery", "--app", "portal", *options) as process:
            yield process

    @contextmanager
    def clock(self) -> Iterator[Process]:
        """Rings the sweeper and the recount, and does their work."""
        quiet = ("--without-gossip", "--without-mingle", "--without-heartbeat")
        clock = ("--hostname", "clock@%h", "--queues", "clock", "--pool", "solo", "--beat")
        with self.running("-m", "celery", "--app", "portal", "worker", *clock, *quiet) as process:
            yield process

    def sql(self, statement: str, *parameters: object) -> list[tuple[Any, ...]]:
        """Asks the database past all policies."""
        cursor = self.owner.execute(statement.encode(), parameters)
        return cursor.fetchall() if cursor.description else []

    def count(self, statement: str, *parameters: object) -> int:
        """The first number of an answer."""
        return int(self.sql(statement, *parameters)[0][0])

    def _connect(self) -> psycopg.Connection[tuple[Any, ...]]:
        return psycopg.connect(self.addresses["DATABASE_OWNER_URL"], autocommit=True)

    @property
    def broker(self) -> redis.Redis:
        """A client of the broker."""
        return redis.Redis.from_url(self.addresses["REDIS_URL"])

    @property
    def postmaster(self) -> int:
        """The process of the database server."""
        return int((self.folder / "postgres" / "postmaster.pid").read_text().split()[0])

    def wait_until_done(self, jobs: Sequence[int], *, seconds: float = HANGING) -> None:
        """Waits until all jobs are done."""
        query = "SELECT count(*) FROM core_job WHERE state = 'done' AND id = ANY(%s)"
        self.wait_until(lambda: self.count(query, list(jobs)) == len(jobs), seconds=seconds)

    def wait_until(self, reached: Callable[[], bool], *, seconds: float = HANGING) -> None:
        """Waits for something; fails with the end of the log when it does not come."""
        came = wait_until(lambda: reached() or self.has_fallen, seconds=seconds)
        assert not self.has_fallen, log_tail(self.log, lines=40)
        assert came, log_tail(self.log, lines=40)

    @property
    def has_fallen(self) -> bool:
        """Whether a process ended that nobody killed."""
        return any(process.poll() not in {None, -signal.SIGKILL} for process in self.processes)


Process = subprocess.Popen[str]


def kill_group(process: Process) -> None:
    """SIGKILL to a process and all that it started."""
    if process.poll() is None:
        os.killpg(process.pid, signal.SIGKILL)
    process.wait()
