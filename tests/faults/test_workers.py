"""Workers killed in the middle of their work: nothing is lost, nothing is there twice."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from contextlib import ExitStack, suppress
from random import Random

import pytest

from tests.faults.house import House, kill_group
from tests.faults.words import ROWS

pytestmark = [pytest.mark.faults, pytest.mark.slow]

KILLS = 20
# Then the whole worker goes, not only the process that has the job.
WHOLE_WORKER = {10}
ATTEMPT = "SELECT attempts, worker FROM core_job WHERE id = %s AND state = 'running'"
RECORDS = """
    SELECT count(*), count(DISTINCT (volunteer_id, served_on)) FROM volunteers_servicerecord
    WHERE source = 'import' GROUP BY sheet_id
"""
RUNS = "SELECT stage, accepted, refused FROM volunteers_importrun"


class Killer:
    """Kills whoever works on a job, again and again, keeping a worker at hand."""

    def __init__(self, house: House, stack: ExitStack) -> None:
        self.house = house
        self.stack = stack
        self.worker = stack.enter_context(house.worker())
        self.kills = 0

    def kill(self, job: int, *, after: float, than: int) -> int | None:
        """Kills ``after`` seconds of an attempt later ``than`` that one; its number.

        None when the job was done before.
        """
        attempt = self.attempt_after(job, than)
        if attempt is None:
            return None
        number, process = attempt
        threading.Event().wait(after)
        if self.house.count("SELECT attempts FROM core_job WHERE id = %s", job) != number:
            return number
        if self.house.count("SELECT count(*) FROM core_job WHERE id = %s AND state = 'done'", job):
            return None
        self.kills += 1
        if self.kills in WHOLE_WORKER:
            kill_group(self.worker)
            self.worker = self.stack.enter_context(self.house.worker())
        else:
            with suppress(ProcessLookupError):
                os.kill(process, signal.SIGKILL)
        return number

    def attempt_after(self, job: int, than: int) -> tuple[int, int] | None:
        """Number and process of the next attempt; None when the job is done without one."""
        found: list[tuple[int, int]] = []

        def look() -> bool:
            for number, worker in self.house.sql(ATTEMPT, job):
                if number > than:
                    found.append((number, int(worker.rpartition(":")[2])))
            done = "SELECT count(*) FROM core_job WHERE id = %s AND state = 'done'"
            return bool(found) or self.house.count(done, job) == 1

        self.house.wait_until(look)
        return found[0] if found else None


@pytest.fixture
def killer(house: House) -> Iterator[Killer]:
    with ExitStack() as stack:
        stack.enter_context(house.clock())
        yield Killer(house, stack)


def seconds_of(house: House, job: int) -> float:
    query = "SELECT extract(epoch FROM finished_at - started_at) FROM core_job WHERE id = %s"
    return float(house.sql(query, job)[0][0])


def test_import_killed_at_twenty_points_takes_every_row_once(house: House, killer: Killer) -> None:
    chance = Random(441802)
    (calm,) = house.desk("send", str(house.folder), "0")
    house.wait_until_done([calm])
    length = seconds_of(house, calm)

    sheets = 1
    while killer.kills < KILLS:
        (job,) = house.desk("send", str(house.folder), str(sheets))
        sheets += 1
        attempt: int | None = 0
        while attempt is not None and killer.kills < KILLS:
            attempt = killer.kill(job, after=chance.uniform(0, length), than=attempt)
        house.wait_until_done([job])
        if attempt is None:
            # The first one may have been slow: who waits too long kills nobody, sheet after sheet,
            # until their days lie in the future.
            length = min(length, seconds_of(house, job))
    assert house.sql(RECORDS) == [(ROWS, ROWS)] * sheets
    assert house.sql(RUNS) == [("done", ROWS, 0)] * sheets


def test_work_that_is_saved_past_the_transaction_would_be_there_twice(
    house: House, killer: Killer
) -> None:
    """So this is seen: a worker that dies has written rows which the next one writes again."""
    (job,) = house.ask("fault_careless", {"rows": 3000})
    written = "SELECT count(*) FROM fault_note"
    house.wait_until(lambda: house.count(written) > 100)
    killer.kill(job, after=0, than=0)
    house.wait_until_done([job])
    assert house.count(written) > 3000
