"""A bounded client: so many requests over so many connections of this machine, then it ends."""

from __future__ import annotations

import http.client
from collections.abc import Mapping
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from dataclasses import dataclass
from time import perf_counter

__all__ = ["HOST", "Load", "ask_many"]

HOST = "127.0.0.1"
TIMEOUT_SECONDS = 60


@dataclass(frozen=True, slots=True)
class Load:
    """Seconds of each request, sorted, and of all together."""

    latencies: list[float]
    seconds: float

    @property
    def rate(self) -> float:
        """Requests a second."""
        return len(self.latencies) / self.seconds

    def percentile(self, share: float) -> float:
        """The latency that so many of a hundred requests stay within."""
        return self.latencies[min(len(self.latencies) - 1, int(len(self.latencies) * share / 100))]


def ask_many(
    port: int, address: str, *, cookies: Mapping[str, str], connections: int, requests: int
) -> Load:
    """``requests`` GETs of ``address``, over connections kept open, each waiting for its answer.

    Raises `AssertionError` at any answer but 200.
    """
    headers = {
        "Cookie": "; ".join(f"{name}={value}" for name, value in cookies.items()),
        "Accept-Encoding": "gzip",
    }
    started = perf_counter()
    with ThreadPoolExecutor(connections) as pool:
        share = requests // connections
        parts = [
            pool.submit(_ask_one_by_one, port, address, headers, share) for _ in range(connections)
        ]
        latencies = sorted(latency for part in parts for latency in part.result())
    return Load(latencies, perf_counter() - started)


def _ask_one_by_one(port: int, address: str, headers: dict[str, str], count: int) -> list[float]:
    taken = []
    with closing(http.client.HTTPConnection(HOST, port, timeout=TIMEOUT_SECONDS)) as client:
        for _ in range(count):
            started = perf_counter()
            client.request("GET", address, headers=headers)
            answer = client.getresponse()
            answer.read()
            taken.append(perf_counter() - started)
            if answer.status != 200:
                message = f"{address} answers {answer.status}."
                raise AssertionError(message)
    return taken
