"""Embedded PostgreSQL and Valkey for demonstration, development and tests.

They live under `VAR_DIR`, listen on unix sockets only and outlive the command that started them;
`make stop` stops them. A real deployment sets DATABASE_URL and REDIS_URL and never comes here.
"""

from pathlib import Path
from urllib.parse import quote

from portal.servers import postgres, valkey
from portal.servers.places import Places, ServerError

__all__ = ["ServerError", "ensure_servers", "stop_servers"]


def ensure_servers(var_dir: Path) -> dict[str, str]:
    """Start what does not run yet and return the addresses, for the environment.

    Keys: DATABASE_URL (login role `portal_login`), DATABASE_OWNER_URL (superuser), REDIS_URL.
    Several processes may call it at once; when all runs already it takes a few milliseconds.
    Raises ServerError with a plain sentence and the end of the server's log.
    """
    places = Places.under(var_dir)
    if not (valkey.answers(places) and postgres.answers(places)):
        with places.locked():
            valkey.ensure(places)
            postgres.ensure(places)
    host = quote(str(places.sockets), safe="/")
    return {
        "DATABASE_URL": f"postgresql://portal_login@/portal?host={host}",
        "DATABASE_OWNER_URL": f"postgresql://postgres@/portal?host={host}",
        "REDIS_URL": f"unix://{quote(str(places.valkey_socket), safe='/')}?db=0",
    }


def stop_servers(var_dir: Path) -> list[str]:
    """Stop the servers under `var_dir`; return the names of those that ran."""
    if not var_dir.is_dir():
        return []
    places = Places.under(var_dir)
    with places.locked():
        stopped = {"Valkey": valkey.stop(places), "PostgreSQL": postgres.stop(places)}
    return [name for name, ran in stopped.items() if ran]
