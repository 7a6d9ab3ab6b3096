"""Which servers a process uses: those its environment names, else the embedded ones."""

import os
from pathlib import Path

from portal.servers import ensure_servers

ROOT = Path(__file__).resolve().parents[2]


def var_dir() -> Path:
    """Return the folder for all state: VAR_DIR, relative to where one stands, else ROOT/var."""
    named = os.environ.get("VAR_DIR", "")
    return Path(named).resolve() if named else ROOT / "var"


def is_named(name: str) -> bool:
    """Tell whether the variable is set, or names a file that holds its value."""
    return bool(os.environ.get(name) or os.environ.get(f"{name}_FILE"))


def add_embedded_servers() -> None:
    """Put the addresses of the embedded servers into os.environ where they are unset.

    DATABASE_URL set by hand without DATABASE_OWNER_URL means: no owner connection here.
    """
    os.environ["VAR_DIR"] = str(var_dir())
    wanted = [name for name in ("DATABASE_URL", "REDIS_URL") if not is_named(name)]
    if not wanted:
        return
    found = ensure_servers(var_dir())
    if "DATABASE_URL" in wanted and not is_named("DATABASE_OWNER_URL"):
        wanted.append("DATABASE_OWNER_URL")
    os.environ.update({name: found[name] for name in wanted})
