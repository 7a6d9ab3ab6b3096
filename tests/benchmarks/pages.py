"""Pages for a signed-in person, served as in production: granian, two workers of one thread."""

from __future__ import annotations

from statistics import median

from tests.benchmarks.figures import Figure, at_most, told
from tests.benchmarks.load import Load, ask_many
from tests.benchmarks.serving import cookies_of, served
from tests.benchmarks.stage import Stage
from tests.benchmarks.urls import HELLO

__all__ = ["measure"]

CONNECTIONS = 8
REQUESTS = 240
ROUNDS = 5
WARM_UP = 64


def measure(stage: Stage) -> list[Figure]:
    """Every page in turn with the hello page, in rounds; medians of the rounds."""
    cookies = {
        "province": cookies_of(stage.province.actor),
        "county": cookies_of(stage.county.actor),
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
    with served(stage.folder) as port:
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
