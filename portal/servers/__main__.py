"""`python -m portal.servers start | stop`: for set-up and for scripts.

start prints one JSON object: the addresses (see `add_embedded_servers`) and `identity`, which
changes when the database is another one or was made anew (null for a server that is not ours).
stop prints the names of the servers that ran, one a line.
"""

import json
import os
import sys

import psycopg

from portal.servers import ServerError, stop_servers
from portal.servers.environment import add_embedded_servers, is_named, var_dir

NAMES = ("DATABASE_URL", "DATABASE_OWNER_URL", "REDIS_URL")


def main(words: list[str]) -> int:
    """Do what the one word says; return the exit code."""
    try:
        match words:
            case ["start"]:
                sys.stdout.write(f"{json.dumps(start())}\n")
            case ["stop"]:
                sys.stdout.writelines(f"{name}\n" for name in stop_servers(var_dir()))
            case _:
                sys.stderr.write("start or stop?\n")
                return 2
    except ServerError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


def start() -> dict[str, str | None]:
    """Return addresses and identity of running servers, started when they are ours."""
    is_embedded = not is_named("DATABASE_URL")
    add_embedded_servers()
    addresses = {name: os.environ.get(name) for name in NAMES}
    return {**addresses, "identity": identity() if is_embedded else None}


def identity() -> str:
    """Return what tells this database from one of the same name made later or elsewhere."""
    with psycopg.connect(os.environ["DATABASE_OWNER_URL"]) as owner:
        found = owner.execute(
            "SELECT s.system_identifier, d.oid FROM pg_control_system() s, pg_database d"
            " WHERE d.datname = current_database()"
        ).fetchone()
    return str(found)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
