"""The servers that a command uses: those its environment names, else the embedded ones."""

import json
import os
from dataclasses import dataclass

from tools.places import BIN, var_dir
from tools.processes import answer
from tools.say import step

STEP = "Servers"


@dataclass(frozen=True)
class Servers:
    """Addresses for the environment; `identity` names the database, None when it is not ours."""

    addresses: dict[str, str]
    identity: str | None

    @property
    def environment(self) -> dict[str, str]:
        """Return our environment with the addresses in it."""
        return {**os.environ, **self.addresses, "VAR_DIR": str(var_dir())}


def start() -> Servers:
    """Start the embedded servers where no others are named."""
    doing = "as named by DATABASE_URL and REDIS_URL" if are_named() else "PostgreSQL, Valkey"
    with step(STEP, doing):
        said = json.loads(answer([str(BIN / "python"), "-m", "portal.servers", "start"]))
    identity = said.pop("identity")
    return Servers({name: url for name, url in said.items() if url}, identity)


def stop() -> list[str]:
    """Stop the embedded servers; return the names of those that ran."""
    if are_named() or not (BIN / "python").exists():
        return []
    return answer([str(BIN / "python"), "-m", "portal.servers", "stop"]).split()


def are_named() -> bool:
    """Tell whether no embedded server is used."""
    return bool(os.environ.get("DATABASE_URL") and os.environ.get("REDIS_URL"))
