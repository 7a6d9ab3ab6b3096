"""The portal as in production, two workers of granian, and people who are signed in there."""

from __future__ import annotations

import http.client
import socket
import subprocess
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from threading import Event
from time import monotonic

from django.conf import settings
from django.test import Client

from organizations.accounts.actors import Actor
from tests.benchmarks.load import HOST
from tests.benchmarks.processes import running
from tools.serving import commands

__all__ = ["cookies_of", "served"]

READY_SECONDS = 60


@contextmanager
def served(folder: Path) -> Iterator[int]:
    """The port at which it answers while the block runs."""
    port = _free_port()
    with running("web", commands(port)["web"], folder=folder) as server:
        _wait_until_ready(server, port)
        yield port


def cookies_of(actor: Actor) -> dict[str, str]:
    """The cookie of a session that the server knows."""
    user = actor.user
    assert user is not None
    browser = Client()
    browser.force_login(user, backend="django.contrib.auth.backends.ModelBackend")
    name = settings.SESSION_COOKIE_NAME
    return {name: browser.cookies[name].value}


def _free_port() -> int:
    with closing(socket.socket(socket.AF_INET, socket.SOCK_STREAM)) as probe:
        probe.bind((HOST, 0))
        return int(probe.getsockname()[1])


def _wait_until_ready(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = monotonic() + READY_SECONDS
    while not _answers(port):
        if server.poll() is not None or monotonic() > deadline:
            message = "The web server does not start; see its log."
            raise RuntimeError(message)
        Event().wait(0.1)


def _answers(port: int) -> bool:
    with closing(http.client.HTTPConnection(HOST, port, timeout=10)) as client:
        try:
            client.request("GET", "/healthz")
            return client.getresponse().status == 200
        except (OSError, http.client.HTTPException):
            return False
