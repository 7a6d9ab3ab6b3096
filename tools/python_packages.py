"""The project's Python: a virtual environment with exactly the locked packages."""

import ast
import os
import shutil
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

from tools import node
from tools.places import BIN, REQUIREMENTS, VENV
from tools.processes import run
from tools.say import FailureError, skipped, step
from tools.stamps import Stamp, digest

STEP = "Python packages"
# pip's setting, and the variable by which uv is told the same.
UV_NAMES = {
    "index-url": "UV_INDEX_URL",
    "extra-index-url": "UV_EXTRA_INDEX_URL",
    "find-links": "UV_FIND_LINKS",
    "trusted-host": "UV_INSECURE_HOST",
    "no-index": "UV_NO_INDEX",
    "cert": "SSL_CERT_FILE",
    "timeout": "UV_HTTP_TIMEOUT",
    "default-timeout": "UV_HTTP_TIMEOUT",
}


def prepare() -> None:
    """Make .venv hold the packages of the lock files and no others."""
    names = ["development.txt", *([] if node.is_on_machine() else ["node.txt"])]
    locks = [REQUIREMENTS / name for name in names]
    bootstrap = REQUIREMENTS / "bootstrap.txt"
    key = digest([bootstrap, *locks], *names, sys.version, sys.executable)
    stamp = Stamp(VENV / "stamps" / "packages", key, outputs=(BIN / "python", BIN / "uv"))
    if stamp.is_current():
        skipped(STEP)
        return
    stamp.clear()
    make_environment()
    with step(STEP, f"installing {count_packages(locks)} from requirements/"):
        install(bootstrap.name, [str(path) for path in locks])
    stamp.write()


def make_environment() -> None:
    """Make .venv with pip in it, anew when there is only half of one or another Python's."""
    if is_usable():
        return
    state = "replacing a broken .venv" if VENV.exists() else "making .venv"
    with step("Python environment", state):
        shutil.rmtree(VENV, ignore_errors=True)
        run(
            [sys.executable, "-m", "venv", str(VENV)],
            log="venv",
            advice="    On Debian or Ubuntu: apt-get install python3-venv",
        )


def is_usable() -> bool:
    """Tell whether .venv has a Python that runs, of our version, and its pip."""
    if not (BIN / "python").exists():
        return False
    asked = "import pip, sys; print(*sys.version_info[:2])"
    found = subprocess.run(
        [str(BIN / "python"), "-c", asked], check=False, capture_output=True, text=True
    )
    return found.stdout.split() == [str(part) for part in sys.version_info[:2]]


def install(bootstrap: str, locks: list[str]) -> None:
    pip = [str(BIN / "python"), "-m", "pip"]
    quiet = ["--quiet", "--disable-pip-version-check", "--no-input"]
    needed = str(REQUIREMENTS / bootstrap)
    run([*pip, "install", *quiet, "--require-hashes", "-r", needed], log="pip")
    run(
        [str(BIN / "uv"), "pip", "sync", "--require-hashes", *locks],
        log="uv",
        environment={
            **os.environ,
            **index_settings(pip_settings(pip)),
            "VIRTUAL_ENV": str(VENV),
            "UV_PYTHON_DOWNLOADS": "never",
        },
    )


def pip_settings(pip: list[str]) -> list[str]:
    """Return the lines of `pip config list`: SECTION.NAME='VALUE'."""
    listed = subprocess.run([*pip, "config", "list"], check=False, capture_output=True, text=True)
    if listed.returncode:
        raise FailureError(f"pip cannot read its configuration:\n{listed.stderr}")
    return listed.stdout.splitlines()


def index_settings(lines: Iterable[str]) -> dict[str, str]:
    """Turn pip's own settings of where packages come from into uv's variables.

    The environment's settings win over the files', as with pip; variables that are set for uv
    already win over both.
    """
    found: dict[str, str] = {}
    for line in sorted(lines, key=lambda one: one.startswith(":env:")):
        name, _, value = line.partition("=")
        setting = name.rpartition(".")[2].replace("_", "-")
        if setting in UV_NAMES:
            found[setting] = str(ast.literal_eval(value)).strip()
    if "find-links" in found:
        found["find-links"] = ",".join(found["find-links"].split())
    variables = {UV_NAMES[setting]: " ".join(value.split()) for setting, value in found.items()}
    if "extra-index-url" in found:
        # As pip does: all indexes are equal. The hashes say which file is meant.
        variables["UV_INDEX_STRATEGY"] = "unsafe-best-match"
    return {name: value for name, value in variables.items() if not os.environ.get(name)}


def count_packages(locks: Iterable[Path]) -> str:
    """Return how many packages the lock files name, in words."""
    return f"{sum(lock.read_text().count('==') for lock in locks)} packages"
