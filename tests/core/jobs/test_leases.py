"""One job, several workers: the work is done once. Each guard is also tried switched off."""

from __future__ import annotations

import threading
from collections.abc import Callable
from contextlib import suppress
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from pytest_django import Settings

from core.jobs.domain import cancel_job
from core.jobs.leases import claim_job
from core.jobs.models import Job
from core.jobs.queries import JobQuerySet
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from portal.servers.places import wait_until
from tests.cast import Cast
from tests.core.jobs.arranging import ask, beside, change, job_row, lines_of
from tests.core.jobs.kinds import Gate, gates, starts

pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.usefixtures("job_lines")]
HANGING = 30


@pytest.fixture
def gate() -> Gate:
    gates["g"] = Gate()
    return gates["g"]


@pytest.fixture
def quick_beats(settings: Settings) -> None:
    settings.JOB_HEARTBEAT_SECONDS = 0.02


@pytest.fixture
def silent(settings: Settings) -> None:
    """Workers are not heard of after they began, as if their machine slept."""
    settings.JOB_HEARTBEAT_SECONDS = 1000


def reached(condition: Callable[[], bool]) -> None:
    assert wait_until(condition, seconds=HANGING), "it never came to that"


def lapse(job: Job) -> None:
    change(job, lease_until=timezone.now() - timedelta(seconds=1))


def claims_at_once(job: Job, monkeypatch: pytest.MonkeyPatch) -> int:
    """Two workers look for the job, and only after both have looked does either take it."""
    both_looked = threading.Barrier(2)
    update = JobQuerySet.update

    def update_together(self: JobQuerySet, **values: Any) -> int:
        # Broken when the other one found nothing to take.
        with suppress(threading.BrokenBarrierError):
            both_looked.wait(HANGING)
        return update(self, **values)

    def claim(worker: str) -> bool:
        if claim_job(job.pk, worker=worker):
            return True
        both_looked.abort()
        return False

    monkeypatch.setattr(JobQuerySet, "update", update_together)
    with beside() as run:
        first, second = run(claim, "a"), run(claim, "b")
        return sum([first.result(HANGING), second.result(HANGING)])


def test_one_of_two_workers_gets_the_job(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    assert claims_at_once(ask(cast.county_441802), monkeypatch) == 1


def test_without_the_lock_both_would_get_it(cast: Cast, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(JobQuerySet, "select_for_update", lambda self, **_: self)
    assert claims_at_once(ask(cast.county_441802), monkeypatch) == 2


def overtake(job: Job, gate: Gate) -> Job:
    """A worker falls asleep in the middle, another one does the job, the first wakes up."""
    with beside() as run:
        sleeper = run(run_job_now, job.pk)
        reached(gate.reached.is_set)
        lapse(job)
        assert run_job_now(job.pk) is True
        gate.opened.set()
        sleeper.result(HANGING)
    return job_row(job)


@pytest.mark.usefixtures("silent")
def test_worker_that_lost_its_lease_leaves_nothing(cast: Cast, gate: Gate) -> None:
    job = overtake(ask(cast.county_441802, gate="g"), gate)
    assert starts == [job.pk, job.pk]
    assert (job.state, job.attempts, lines_of(job)) == ("done", 2, 1)


@pytest.mark.usefixtures("silent")
def test_without_the_fence_the_work_would_be_done_twice(
    cast: Cast, gate: Gate, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(
        JobQuerySet, "held_by_attempt", lambda self, job_id, _attempt: self.filter(pk=job_id)
    )
    assert lines_of(overtake(ask(cast.county_441802, gate="g"), gate)) == 2


@pytest.mark.usefixtures("silent")
def test_running_job_is_not_taken_before_its_lease_ends(cast: Cast, gate: Gate) -> None:
    job = ask(cast.county_441802, gate="g")
    with beside() as run:
        worker = run(run_job_now, job.pk)
        reached(gate.reached.is_set)
        assert run_job_now(job.pk) is False
        gate.opened.set()
        assert worker.result(HANGING) is True
    assert lines_of(job) == 1


@pytest.mark.usefixtures("quick_beats")
def test_progress_is_seen_and_the_lease_kept_while_the_work_is_not(cast: Cast, gate: Gate) -> None:
    job = ask(cast.county_441802, gate="g")
    with beside() as run:
        worker = run(run_job_now, job.pk)
        reached(gate.reached.is_set)
        lapse(job)
        reached(lambda: (job_row(job).lease_until or timezone.now()) > timezone.now())
        # That beat may have been under way before the work said how far it is.
        reached(lambda: job_row(job).done > 0)
        seen = job_row(job)
        assert (seen.state, seen.done, seen.total, seen.refused, seen.note) == (
            *("running", 1, 4, 2),
            "half way",
        )
        assert lines_of(job) == 0
        gate.opened.set()
        worker.result(HANGING)
    assert (job_row(job).done, lines_of(job)) == (4, 1)


@pytest.mark.usefixtures("quick_beats")
def test_running_job_stops_at_its_next_step_when_cancelled(cast: Cast) -> None:
    job = ask(cast.county_441802, "test_until_told")
    with beside() as run:
        worker = run(run_job_now, job.pk)
        reached(lambda: job.pk in starts)
        with acting_as(cast.county_441802.scope):
            assert cancel_job(job).state == "running"
        worker.result(HANGING)
    job = job_row(job)
    assert (job.state, job.result, lines_of(job)) == ("cancelled", None, 0)
    assert job.finished_at is not None


@pytest.mark.usefixtures("silent")
def test_job_cancelled_after_its_last_step_is_not_kept_either(cast: Cast, gate: Gate) -> None:
    job = ask(cast.county_441802, gate="g")
    with beside() as run:
        worker = run(run_job_now, job.pk)
        reached(gate.reached.is_set)
        with acting_as(cast.county_441802.scope):
            cancel_job(job)
        gate.opened.set()
        worker.result(HANGING)
    assert (job_row(job).state, lines_of(job)) == ("cancelled", 0)


@pytest.mark.usefixtures("quick_beats")
def test_worker_notices_early_that_another_one_has_the_job(cast: Cast) -> None:
    job = ask(cast.county_441802, "test_until_told")
    with beside() as run:
        worker = run(run_job_now, job.pk)
        reached(lambda: job.pk in starts)
        change(job, attempts=2, worker="another")
        worker.result(HANGING)
    job = job_row(job)
    assert (job.state, job.worker, lines_of(job)) == ("running", "another", 0)
