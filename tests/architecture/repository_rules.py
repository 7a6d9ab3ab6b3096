"""Rules on every committed file."""

import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

from tests.architecture.finding import Finding

__all__ = ["HOSTS", "committed_files", "paths_of_one_machine", "registry_hosts"]

# In parts, so that this file names none itself.
HOSTS = tuple(
    ".".join(parts)
    for parts in (
        ("pypi", "org"),
        ("pythonhosted", "org"),
        ("npmjs", "org"),
        ("npmjs", "com"),
        ("npmmirror", "com"),
        ("yarnpkg", "com"),
        ("unpkg", "com"),
        ("jsdelivr", "net"),
        ("cdnjs", "cloudflare", "com"),
    )
)
_INDEX_OPTION = re.compile(
    r"--(?:extra-)?index-url[= ]+https?:|^registry *= *https?:", re.MULTILINE
)
_MACHINE_PATH = re.compile(r"(?<![\w.~/:{}$-])/(?:home|root|tmp|Users|work|workspace)/[\w.-]+")


def committed_files(root: Path) -> Iterator[tuple[str, str]]:
    """Path and text of what git holds or would take up; files that are no text are left out."""
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=root, capture_output=True, check=True, text=True)
    for name in filter(None, listed.stdout.split("\0")):
        data = (root / name).read_bytes() if (root / name).is_file() else b"\0"
        if b"\0" not in data:
            yield name, data.decode("utf-8", errors="replace")


def registry_hosts(path: str, text: str) -> Iterator[Finding]:
    """Which registry packages come from is the machine's setting, not the project's."""
    for number, line in enumerate(text.splitlines(), start=1):
        found = [host for host in HOSTS if host in line]
        if found or _INDEX_OPTION.search(line):
            yield Finding(path, number, f"names a registry: {', '.join(found) or line.strip()}")


def paths_of_one_machine(path: str, text: str) -> Iterator[Finding]:
    """Absolute paths of homes, workplaces and temporary folders hold on one machine only."""
    for number, line in enumerate(text.splitlines(), start=1):
        for match in _MACHINE_PATH.finditer(line):
            yield Finding(path, number, f"path of one machine: {match[0]}")
