"""``python -m tests.benchmarks``: all benchmarks, or those named.

Exit code 1 when a limit is missed.
"""

from __future__ import annotations

import argparse
import os
import platform
import signal
import subprocess
import sys
from collections.abc import Sequence
from datetime import date
from importlib import import_module

from tests.benchmarks.figures import Figure, say, show_section
from tests.benchmarks.stage import Scale, Stage, open_stage

# In this order: what writes comes after what reads.
SECTIONS = {
    "scopes": "Policies and scopes",
    "lists": "Lists",
    "desk": "Desk",
    "keystrokes": "Typing at the desk",
    "totals": "Dashboards and totals",
    "imports": "Import of hours",
    "checkins": "Check-ins",
    "redemptions": "Redemptions",
    "certificates": "Certificates",
    "pages": "Pages",
}
RECORDS = 1_000_000
RECORDS_OF_A_VOLUNTEER = 10


def main(words: Sequence[str]) -> int:
    """Runs the sections one after the other; a missed limit does not stop the others."""
    options = _options(words)
    # Asked to end, it stops what it started.
    signal.signal(signal.SIGTERM, lambda number, _frame: sys.exit(128 + number))
    scale = Scale(options.records, options.volunteers or options.records // RECORDS_OF_A_VOLUNTEER)
    say(f"{date.today():%Y-%m-%d} · {_commit()} · {_machine()}")  # noqa: DTZ011
    say(f"Scale: {scale}. Load before: {os.getloadavg()[0]:.1f}")
    missed: list[Figure] = []
    with open_stage(scale) as stage:
        for name in options.only or SECTIONS:
            figures = _measure(name, stage)
            show_section(f"{SECTIONS[name]} ({scale})", figures)
            missed += [figure for figure in figures if figure.passed is False]
    say(f"\nLoad after: {os.getloadavg()[0]:.1f}")
    for figure in missed:
        say(f"OVER: {figure.name}: {figure.value}, limit {figure.limit}")
    return 1 if missed else 0


def _measure(name: str, stage: Stage) -> list[Figure]:
    # Imported here: its models need Django to be set up on the stage's server.
    figures: list[Figure] = import_module(f"tests.benchmarks.{name}").measure(stage)
    return figures


def _options(words: Sequence[str]) -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="make bench", description='Benchmarks; ARGS="…"')
    default = int(os.environ.get("BENCH_RECORDS") or RECORDS)
    parser.add_argument("--records", type=int, default=default, help="service records to fill in")
    parser.add_argument("--volunteers", type=int, default=0, help="a tenth of the records")
    parser.add_argument("only", nargs="*", choices=[*SECTIONS, []], help="sections; all by default")
    return parser.parse_args(words)


def _commit() -> str:
    done = subprocess.run(
        ["git", "describe", "--always", "--dirty"],  # noqa: S607
        capture_output=True, check=False, text=True,
    )  # fmt: skip
    return done.stdout.strip() or "no commit"


def _machine() -> str:
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") / 2**30
    return f"{os.cpu_count()} cores, {memory:.0f} GB, {platform.system()} {platform.machine()}"


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
