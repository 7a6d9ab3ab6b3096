"""The database dies while records are entered: what was acknowledged stands."""

from __future__ import annotations

import json
import os
import signal
import subprocess
from collections import Counter

import pytest

from tests.faults.house import House
from tests.faults.words import PEOPLE

pytestmark = [pytest.mark.faults, pytest.mark.slow]

DEATHS_AFTER = {60, 130}


def test_no_acknowledged_record_is_lost_when_the_database_dies(house: House) -> None:
    acknowledged: list[str] = []
    with house.running("-m", "tests.faults", "enter", str(PEOPLE), out=subprocess.PIPE) as desk:
        assert desk.stdout is not None
        for line in desk.stdout:
            acknowledged.append(json.loads(line))
            if len(acknowledged) in DEATHS_AFTER:
                os.kill(house.postmaster, signal.SIGKILL)
                house.start_servers()
        assert desk.wait() == 0
    rows = house.sql("SELECT nonce FROM volunteers_servicerecord WHERE nonce IS NOT NULL")
    stand = Counter(str(nonce) for (nonce,) in rows)
    assert len(acknowledged) == PEOPLE
    assert stand == Counter(acknowledged)


def test_worker_goes_on_after_the_database_died(house: House) -> None:
    with house.worker(), house.clock():
        house.wait_until_done(house.ask("fault_note", {}, {}))
        os.kill(house.postmaster, signal.SIGKILL)
        house.start_servers()
        house.wait_until_done(house.ask("fault_note", {}, {}))
    assert house.sql("SELECT count(*), count(DISTINCT job) FROM fault_note") == [(4, 4)]
