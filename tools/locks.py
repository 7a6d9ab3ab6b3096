"""The lock files: exact versions with hashes, for every platform and Python from 3.11 on."""

import os

from tools.places import BIN, REQUIREMENTS
from tools.processes import run
from tools.python_packages import index_settings, pip_settings
from tools.say import step

# Production is a part of development, so both always name the same versions.
LOCKS = (
    ("bootstrap", ()),
    ("node", ()),
    ("development", ()),
    ("production", ("--constraints", "requirements/development.txt")),
)
# Neither where packages came from nor who made the file: it is the same on every machine.
OPTIONS = (
    "--universal",
    "--generate-hashes",
    "--python-version=3.11",
    "--no-annotate",
    "--no-header",
    "--no-emit-index-url",
    "--no-emit-find-links",
)


def compile_all() -> None:
    """Write every lock file; versions that still fit stay (ARGS=--upgrade takes newer ones)."""
    settings = index_settings(pip_settings([str(BIN / "python"), "-m", "pip"]))
    upgrade = os.environ.get("ARGS", "").split()
    for name, more in LOCKS:
        source, target = (str(REQUIREMENTS / f"{name}.{ending}") for ending in ("in", "txt"))
        with step(f"requirements/{name}", "resolving"):
            run(
                [
                    str(BIN / "uv"),
                    "pip",
                    "compile",
                    *OPTIONS,
                    *more,
                    *upgrade,
                    source,
                    "-o",
                    target,
                ],
                log="lock",
                environment={**os.environ, **settings},
            )
