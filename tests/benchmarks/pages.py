"""Pages for a signed-in person, served as in production: granian, two workers of one thread."""

from __future__ import annotations

import http.client
import socket
import subprocess
from contextlib import closing
from statistics import median
from threading import Event
from time import monotonic

from django.conf import settings
from django.test import Client

from organizations.accounts.actors import Actor
from tests.benchmarks.figures import Figure, at_most, told
from tests.benchmarks.load import HOST, Load, ask_many
from tests.benchmarks.processes import running
from tests.benchmarks.stage import Stage
from tests.benchmarks.urls import HELLO
from tools.serving import commands

__all__ = ["measure"]

CONNECTIONS = 8
REQUESTS = 240
ROUNDS = 3
WARM_UP = 64
READY_SECONDS = 60


def measure(stage: Stage) -> list[Figure]:
    """Every page in turn with the hello page, in rounds; medians of the rounds."""
    port = _free_port()
    cookies = {
        "province": _cookies(stage.province.actor),
        "county": _cookies(stage.county.actor),
    }
    county = stage.county.code
    pages = {
        "dashboard of the province": ("province", f"/dashboard/{stage.province.code}/"),
        "dashboard of a county": ("county", f"/dashboard/{county}/"),
        "records of the province": ("province", "/hours/records/"),
        "records of a county": ("county", "/hours/records/"),
        "sheets of a county": ("county", "/hours/"),
        "volunteers of the province": ("province", "/volunteers/"),
        "volunteers of a county": ("county", "/volunteers/"),
        HELLO: ("county", HELLO),
        "home of a county": ("county", "/home/"),
    }
    loads: dict[str, list[Load]] = {name: [] for name in pages}
    with running("web", commands(port)["web"], folder=stage.folder) as server:
        _wait_until_ready(server, port)
        for who, address in pages.values():
            ask_many(port, address, cookies=cookies[who], connections=4, requests=WARM_UP)
        for _ in range(ROUNDS):
            for name, (who, address) in pages.items():
                loads[name].append(
                    ask_many(
                        port,
                        address,
                        cookies=cookies[who],
                        connections=CONNECTIONS,
                        requests=REQUESTS,
                    )
                )
    hello = median(load.rate for load in loads.pop(HELLO))
    return [
        told("hello page with session and user", hello, "requests/s"),
        *(_figure(name, rounds, hello) for name, rounds in loads.items()),
    ]


def _figure(name: str, rounds: list[Load], hello: float) -> Figure:
    rate = median(load.rate for load in rounds)
    return at_most(
        f"{name}, p95",
        median(load.percentile(95) for load in rounds) * 1000,
        "ms",
        limit=150.0,
        peer=f"{rate:.0f} requests/s",
        ratio=f"1/{hello / rate:.1f} of hello",
    )


def _cookies(actor: Actor) -> dict[str, str]:
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
