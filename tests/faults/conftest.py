"""The portal that the fault tests may break."""

from __future__ import annotations

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from portal.servers import stop_servers
from tests.faults.house import House


@pytest.fixture(scope="session")
def _house() -> Iterator[House]:
    # Not pytest's own folder: a name short enough for sockets.
    folder = Path(tempfile.mkdtemp(prefix="portal-faults-"))
    try:
        house = House(folder)
        yield house
        house.owner.close()
    finally:
        stop_servers(folder)
        shutil.rmtree(folder)


@pytest.fixture
def house(_house: House) -> House:
    """Whatever an earlier test killed runs again, and nothing waits."""
    _house.start_servers()
    _house.broker.flushall()
    _house.sql("TRUNCATE core_job, fault_note")
    return _house
