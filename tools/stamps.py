"""Skipping what is up to date: a stamp keeps the hash of a step's inputs."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

from tools.places import ROOT


def digest(inputs: Iterable[Path], *others: str) -> str:
    """Return one hash over names and contents of files, folders walked, and further strings."""
    total = hashlib.sha256()
    for file in sorted(files_of(inputs)):
        content = hashlib.sha256(file.read_bytes()).hexdigest()
        total.update(f"{file.relative_to(ROOT)}={content}\n".encode())
    for other in others:
        total.update(f"+{other}\n".encode())
    return total.hexdigest()


def files_of(inputs: Iterable[Path]) -> Iterable[Path]:
    """Return the files named, and those below the folders named; what is missing counts as none."""
    for path in inputs:
        if path.is_dir():
            yield from (
                file
                for file in path.rglob("*")
                if file.is_file() and file.suffix not in {".pyc", ".mo"}
            )
        elif path.exists():
            yield path


@dataclass(frozen=True)
class Stamp:
    """A file with the hash that a step's inputs had when the step was last completed."""

    path: Path
    key: str
    outputs: tuple[Path, ...] = ()

    def is_current(self) -> bool:
        """Tell whether the step was completed with these inputs and its outputs are there."""
        written = self.path.read_text().strip() if self.path.is_file() else ""
        return written == self.key and all(output.exists() for output in self.outputs)

    def clear(self) -> None:
        """Forget the last completion: from here on the outputs may be half made."""
        self.path.unlink(missing_ok=True)

    def write(self) -> None:
        """Remember that the step was completed."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self.path.write_text(f"{self.key}\n")
