"""What a rule answers."""

from dataclasses import dataclass
from pathlib import Path

__all__ = ["APPS", "ROOT", "Finding", "python_files"]

ROOT = Path(__file__).resolve().parents[2]
APPS = tuple(
    name
    for name in ("core", "organizations", "volunteers", "training", "incentives", "portal")
    if (ROOT / name).is_dir()
)


@dataclass(frozen=True, order=True)
class Finding:
    """A place that breaks a rule; ``line`` is 0 where the whole file does."""

    path: str
    line: int
    message: str

    def __str__(self) -> str:
        return f"{self.path}:{self.line}: {self.message}"


def python_files(*folders: str) -> dict[str, str]:
    """The text of every Python file below the folders, by its path from the project's root."""
    return {
        path.relative_to(ROOT).as_posix(): path.read_text(encoding="utf-8")
        for folder in folders
        for path in sorted((ROOT / folder).rglob("*.py"))
    }
