"""The commands of the Makefile."""

import fcntl
import os
import shlex
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from tools import checks, database, front_end, locks, python_packages, servers, serving, stopping
from tools.places import BIN, ROOT, var_dir
from tools.processes import InterruptedBySignalError, raise_on_signals, show
from tools.say import FailureError, line


def main(words: list[str]) -> int:
    """Run one command; return the exit code."""
    commands: dict[str, Callable[[], int]] = {
        "setup": setup,
        "demo": demo,
        "run": run,
        "test": test,
        "check": check,
        "bench": bench,
        "stop": stopping.stop,
        "lock": lock,
    }
    if len(words) != 1 or words[0] not in commands:
        line(f"One of: {', '.join(commands)}")
        return 2
    raise_on_signals()
    keep_bytecode()
    try:
        return commands[words[0]]()
    except FailureError as failure:
        line(f"\n{failure}")
        return 1
    except InterruptedBySignalError as asked:
        line(f"\nInterrupted ({asked}).")
        return 128 + asked.signum


def keep_bytecode() -> None:
    """Let every Python that is started find what an earlier one compiled.

    Images for containers often forbid to write it. Then each process compiles Django and all else
    anew, which takes five seconds of a core; so it is kept with the other state, under VAR_DIR.
    """
    if os.environ.pop("PYTHONDONTWRITEBYTECODE", ""):
        os.environ.setdefault("PYTHONPYCACHEPREFIX", str(var_dir() / "bytecode"))


def setup() -> int:
    """Prepare all that manage.py needs; the embedded servers stay for it."""
    prepare()
    return 0


def prepare() -> servers.Servers:
    """Do every step of the set-up that is not up to date; return the servers in use."""
    with one_at_a_time():
        python_packages.prepare()
        front_end.prepare()
        used = servers.start()
        database.compile_translations(used)
        database.migrate(used)
    return used


@contextmanager
def one_at_a_time() -> Iterator[None]:
    """Keep a second set-up waiting; the kernel frees a dead one's lock."""
    # Beside .venv, not in it: a half-made environment is removed whole.
    with (ROOT / ".setup.lock").open("w") as held:
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            line("Waiting for another set-up to end.")
            fcntl.flock(held, fcntl.LOCK_EX)
        yield


def demo() -> int:
    """Load the demonstration and serve it until somebody asks for an end."""
    return serve("demo", with_demonstration=True)


def run() -> int:
    """Serve what is there until somebody asks for an end."""
    return serve("run", with_demonstration=False)


def serve(command: str, *, with_demonstration: bool) -> int:
    wanted = serving.port()
    with serving.only_one(wanted):
        serving.require_free_port(wanted, command=command)
        try:
            used = prepare()
            logins = database.load_demonstration(used) if with_demonstration else ""
            serving.serve(used, wanted, closing_words=logins)
        finally:
            for name in servers.stop():
                line(f"{name} stopped.")
    return 0


def test() -> int:
    """Run every test, or those that ARGS chooses."""
    used = prepare()
    # One more than there are cores: tests of faults mostly wait, all by the same worker.
    workers = str((os.cpu_count() or 1) + 1)
    words = [str(BIN / "python"), "-m", "pytest", "-n", workers, *arguments()]
    return show(words, environment={**used.environment, **database.migrated(used)})


def check() -> int:
    """Run every check; each is run even when an earlier one found something."""
    with one_at_a_time():
        python_packages.prepare()
        used = servers.start()
        database.compile_translations(used)
    return checks.run(used)


def bench() -> int:
    """Run the benchmarks, or those that ARGS chooses."""
    used = prepare()
    words = [str(BIN / "python"), "-m", "tests.benchmarks", *arguments()]
    return show(words, environment=used.environment)


def lock() -> int:
    """Write requirements/*.txt anew from requirements/*.in."""
    with one_at_a_time():
        python_packages.prepare()
        locks.compile_all()
    return 0


def arguments() -> list[str]:
    """Return the words of ARGS."""
    return shlex.split(os.environ.get("ARGS", ""))
