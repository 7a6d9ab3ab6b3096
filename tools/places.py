"""Where things lie."""

import os
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
VENV = ROOT / ".venv"
BIN = VENV / "bin"
REQUIREMENTS = ROOT / "requirements"


def var_dir() -> Path:
    """Return the folder for all state: VAR_DIR, else var/ in the project."""
    named = os.environ.get("VAR_DIR", "")
    return Path(named).resolve() if named else ROOT / "var"


def log_file(name: str) -> Path:
    """Return the log of a step or a server, its folder made."""
    folder = var_dir() / "log"
    folder.mkdir(parents=True, exist_ok=True)
    return folder / f"{name}.log"
