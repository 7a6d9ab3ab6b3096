"""Loaded before Django's settings: the tests' servers are the embedded ones, or those named."""

import os

from portal.servers.environment import add_embedded_servers

__all__: list[str] = []

add_embedded_servers()

# Each worker of a parallel run has a Redis database of its own; 0 is the workplace's.
_worker = os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw")
os.environ["REDIS_URL"] = os.environ["REDIS_URL"].split("?")[0] + f"?db={int(_worker) + 1}"
