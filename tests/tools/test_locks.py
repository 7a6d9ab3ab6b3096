"""The lock files hold what their sources ask for, with hashes, and agree with each other."""

import re
from pathlib import Path

import pytest

from tools.places import REQUIREMENTS

NAME = re.compile(r"^([A-Za-z0-9._-]+)")
PIN = re.compile(r"^([a-z0-9._-]+)==(\S+)(?: ; (.+?))? \\$")


def asked(name: str) -> set[str]:
    """Return the packages that a source names, those of the sources it includes too."""
    found: set[str] = set()
    for line in (REQUIREMENTS / f"{name}.in").read_text().splitlines():
        if line.startswith("-r "):
            found |= asked(Path(line[3:]).stem)
        elif match := NAME.match(line):
            found.add(match[1].lower())
    return found


def locked(name: str) -> set[tuple[str, str, str]]:
    """Return package, version and condition of each entry of a lock."""
    lines = (REQUIREMENTS / f"{name}.txt").read_text().splitlines()
    return {(match[1], match[2], match[3] or "") for line in lines if (match := PIN.match(line))}


@pytest.mark.parametrize("name", ["bootstrap", "development", "node", "production"])
def test_lock_holds_every_package_asked_for_with_hashes(name: str) -> None:
    text = (REQUIREMENTS / f"{name}.txt").read_text()

    assert asked(name) <= {package for package, _, _ in locked(name)}
    entries = re.split(r"\n(?=\S)", text.strip())
    assert len(entries) == len(locked(name))
    assert all("--hash=sha256:" in entry for entry in entries)


def test_production_is_a_part_of_development() -> None:
    assert locked("production") < locked("development")
