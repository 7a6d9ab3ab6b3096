"""The broker forgets everything, or dies: it held nothing but bells."""

from __future__ import annotations

import os
import signal
from collections.abc import Callable

import pytest

from tests.faults.house import House

pytestmark = [pytest.mark.faults, pytest.mark.slow]

JOBS = 50
LIMIT_SECONDS = 60
ONCE = "SELECT count(*), count(DISTINCT job) FROM fault_note"


def flush(house: House) -> None:
    house.broker.flushall()


def kill(house: House) -> None:
    os.kill(int(house.broker.info("server")["process_id"]), signal.SIGKILL)
    house.start_servers()


@pytest.mark.parametrize("forget", [flush, kill])
def test_jobs_are_done_although_the_broker_forgot_them(
    house: House, forget: Callable[[House], None]
) -> None:
    with house.worker() as worker, house.clock():
        house.wait_until_done(house.ask("fault_note", {}))
        os.killpg(worker.pid, signal.SIGSTOP)
        jobs = house.ask("fault_note", *[{}] * JOBS)
        house.wait_until(lambda: house.broker.llen("jobs") >= JOBS)
        forget(house)
        assert house.broker.llen("jobs") < JOBS
        os.killpg(worker.pid, signal.SIGCONT)
        house.wait_until_done(jobs, seconds=LIMIT_SECONDS)
    assert house.sql(ONCE) == [(JOBS + 1, JOBS + 1)]


def test_job_asked_for_while_the_broker_is_away_is_done_later(house: House) -> None:
    os.kill(int(house.broker.info("server")["process_id"]), signal.SIGKILL)
    jobs = house.ask("fault_note", {}, {})
    house.start_servers()
    with house.worker(), house.clock():
        house.wait_until_done(jobs)
    assert house.sql(ONCE) == [(2, 2)]
