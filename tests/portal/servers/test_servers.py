"""The embedded servers: started once, found again, recovered from what can befall them."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psutil
import psycopg
import pytest
import redis

from portal.servers import ensure_servers, stop_servers
from portal.servers.environment import ROOT, add_embedded_servers
from portal.servers.places import LONGEST_SOCKET_PATH, Places
from portal.servers.processes import is_server


@contextmanager
def folder_for_servers() -> Iterator[Path]:
    # Not tmp_path: a name short enough for sockets.
    folder = Path(tempfile.mkdtemp(prefix="portal-servers-"))
    try:
        yield folder
    finally:
        stop_servers(folder)
        shutil.rmtree(folder)


@pytest.fixture
def var_dir() -> Iterator[Path]:
    """A folder for servers of this one test, which are gone afterwards."""
    with folder_for_servers() as folder:
        yield folder


@pytest.fixture(scope="module")
def running() -> Iterator[Path]:
    """A folder whose servers run, for the tests that leave them as they are."""
    with folder_for_servers() as folder:
        ensure_servers(folder)
        yield folder


def postmaster(var_dir: Path) -> int:
    return int((var_dir / "postgres" / "postmaster.pid").read_text().splitlines()[0])


def is_running(pid: int) -> bool:
    """Tell whether a process exists and is more than an entry that waits to be collected."""
    return psutil.pid_exists(pid) and psutil.Process(pid).status() != psutil.STATUS_ZOMBIE


def broker(addresses: dict[str, str]) -> "redis.Redis":
    return redis.Redis.from_url(addresses["REDIS_URL"])


def broker_process(addresses: dict[str, str]) -> int:
    with broker(addresses) as client:
        return int(client.info("server")["process_id"])


def value(address: str, query: str) -> object:
    with psycopg.connect(address) as connection:
        row = connection.execute(query).fetchone()
    return row[0] if row else None


def test_servers_answer_at_their_addresses(running: Path) -> None:
    addresses = ensure_servers(running)

    assert value(addresses["DATABASE_URL"], "SELECT current_user") == "portal_login"
    assert value(addresses["DATABASE_OWNER_URL"], "SELECT current_database()") == "portal"
    assert value(addresses["DATABASE_OWNER_URL"], "SHOW is_superuser") == "on"
    with broker(addresses) as client:
        assert client.ping()


def test_servers_are_durable_and_closed_to_the_network(running: Path) -> None:
    owner = ensure_servers(running)["DATABASE_OWNER_URL"]

    shown = {
        name: value(owner, f"SHOW {name}")
        for name in ("fsync", "synchronous_commit", "listen_addresses", "jit", "timezone")
    }

    assert shown == {
        "fsync": "on",
        "synchronous_commit": "on",
        "listen_addresses": "",
        "jit": "off",
        "timezone": "UTC",
    }


def test_servers_that_run_are_found_again(running: Path) -> None:
    first = ensure_servers(running)
    processes = postmaster(running), broker_process(first)

    assert ensure_servers(running) == first
    assert (postmaster(running), broker_process(first)) == processes


def test_servers_started_by_many_at_once_are_one_pair(var_dir: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from portal.servers import ensure_servers;"
        "sys.stdout.write(ensure_servers(Path(sys.argv[1]))['REDIS_URL'])"
    )
    words = [sys.executable, "-c", script, str(var_dir)]
    starters = [
        subprocess.Popen(words, cwd=ROOT, stdout=subprocess.PIPE, text=True) for _ in range(4)
    ]

    said = {starter.communicate()[0] for starter in starters}

    assert [starter.returncode for starter in starters] == [0, 0, 0, 0]
    assert said == {ensure_servers(var_dir)["REDIS_URL"]}
    log = (var_dir / "log" / "postgres.log").read_text()
    assert log.count("database system is ready to accept connections") == 1


def test_servers_start_beside_a_stale_pid_file(var_dir: Path) -> None:
    ensure_servers(var_dir)
    assert stop_servers(var_dir) == ["Valkey", "PostgreSQL"]
    # The number of a dead server, carried by another living process of this account by now.
    stale = var_dir / "postgres" / "postmaster.pid"
    stale.write_text(f"{os.getpid()}\n{stale.parent}\n1\n5432\n\n\n\n\n")

    addresses = ensure_servers(var_dir)

    assert value(addresses["DATABASE_URL"], "SELECT 1") == 1
    assert postmaster(var_dir) != os.getpid()


def test_servers_killed_come_back_with_committed_rows(var_dir: Path) -> None:
    addresses = ensure_servers(var_dir)
    with psycopg.connect(addresses["DATABASE_OWNER_URL"], autocommit=True) as owner:
        owner.execute("CREATE TABLE kept AS SELECT 42 AS number")
    os.kill(postmaster(var_dir), signal.SIGKILL)
    os.kill(broker_process(addresses), signal.SIGKILL)

    assert ensure_servers(var_dir) == addresses
    assert value(addresses["DATABASE_OWNER_URL"], "SELECT number FROM kept") == 42
    with broker(addresses) as client:
        assert client.ping()


def test_servers_start_after_an_interrupted_first_start(var_dir: Path) -> None:
    half = var_dir / "postgres.new"
    half.mkdir()
    (half / "PG_VERSION").write_text("18\n")

    assert value(ensure_servers(var_dir)["DATABASE_URL"], "SELECT 1") == 1
    assert not half.exists()


def test_servers_whose_data_were_removed_make_room_for_new_ones(var_dir: Path) -> None:
    ensure_servers(var_dir)
    old = postmaster(var_dir)
    shutil.rmtree(var_dir / "postgres")
    shutil.rmtree(var_dir / "run")

    addresses = ensure_servers(var_dir)

    assert value(addresses["DATABASE_URL"], "SELECT 1") == 1
    assert postmaster(var_dir) != old
    assert not is_running(old)


def test_servers_below_a_long_path_use_a_short_socket(var_dir: Path) -> None:
    deep = var_dir / ("long-" * 20)
    try:
        addresses = ensure_servers(deep)
        socket = Places.under(deep).postgres_socket

        assert len(str(socket)) < LONGEST_SOCKET_PATH
        assert not socket.is_relative_to(deep)
        assert value(addresses["DATABASE_URL"], "SELECT 1") == 1
    finally:
        stop_servers(deep)
        shutil.rmtree(Places.under(deep).sockets)


def test_stopping_ends_both_servers_and_says_which(var_dir: Path) -> None:
    addresses = ensure_servers(var_dir)
    processes = postmaster(var_dir), broker_process(addresses)

    assert stop_servers(var_dir) == ["Valkey", "PostgreSQL"]
    assert stop_servers(var_dir) == []
    assert not any(is_running(process) for process in processes)


def test_stopping_where_nothing_was_ever_started_makes_nothing(tmp_path: Path) -> None:
    assert stop_servers(tmp_path / "never") == []
    assert not (tmp_path / "never").exists()


def test_environment_keeps_servers_that_are_named(
    var_dir: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_DIR", str(var_dir))
    monkeypatch.setenv("DATABASE_URL", "postgresql://elsewhere/portal")
    monkeypatch.setenv("DATABASE_OWNER_URL", "")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    add_embedded_servers()

    assert os.environ["DATABASE_URL"] == "postgresql://elsewhere/portal"
    assert not os.environ["DATABASE_OWNER_URL"]
    assert not (var_dir / "postgres").exists()


def test_environment_gets_the_addresses_that_are_missing(
    running: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("VAR_DIR", str(running))
    for name in ("DATABASE_URL", "DATABASE_OWNER_URL"):
        monkeypatch.setenv(name, "")
    monkeypatch.setenv("REDIS_URL", "redis://elsewhere/0")

    add_embedded_servers()

    found = ensure_servers(running)
    assert os.environ["DATABASE_URL"] == found["DATABASE_URL"]
    assert os.environ["DATABASE_OWNER_URL"] == found["DATABASE_OWNER_URL"]
    assert os.environ["REDIS_URL"] == "redis://elsewhere/0"


@pytest.mark.parametrize(
    ("command", "expected"),
    [
        (["/x/bin/postgres", "-D", "/var/a"], True),
        (["/x/bin/postgres", "-D", "/var/ab"], False),
        (["/x/valkey-server unixsocket:/var/a"], True),
        (["/x/valkey-server unixsocket:/var/ab"], False),
        (["tail", "-f", "/var/a"], False),
        ([], False),
        (None, False),
    ],
)
def test_a_server_is_told_from_others_by_program_and_place(
    command: list[str] | None, expected: bool
) -> None:
    named = [
        program
        for program in ("postgres", "valkey-server")
        if is_server(command, program, "/var/a")
    ]

    assert bool(named) is expected
