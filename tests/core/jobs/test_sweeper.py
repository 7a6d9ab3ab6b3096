"""Bells that were lost, workers that died, and any order of events."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from core.jobs.domain import cancel_job
from core.jobs.leases import claim_job
from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.jobs.sweeper import discard_old_jobs, sweep_jobs
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.core.jobs.arranging import ask, bells, change, job_row, lines_of

pytestmark = pytest.mark.usefixtures("job_lines")

HOUR = timedelta(hours=1)
SECOND = timedelta(seconds=1)
FINISHED = {"done", "failed", "cancelled"}


def ago() -> Any:
    return timezone.now() - HOUR


RUNNING = {"state": "running", "worker": "w", "attempts": 1}


def test_job_whose_bell_was_just_rung_is_left_alone(cast: Cast) -> None:
    ask(cast.county_441802)
    assert sweep_jobs() == 0


def test_job_whose_bell_was_lost_is_rung_for_once(cast: Cast) -> None:
    change(ask(cast.county_441802), rung_at=ago())
    assert (sweep_jobs(), sweep_jobs()) == (1, 0)


def test_job_rung_for_while_it_was_held_is_rung_for_again_when_the_lease_ends(cast: Cast) -> None:
    job = ask(cast.county_441802)
    now = timezone.now()
    change(job, **RUNNING, rung_at=now - 3 * SECOND, lease_until=now - SECOND)
    assert (sweep_jobs(), sweep_jobs()) == (1, 0)


def test_job_is_rung_for_when_its_next_try_is_due(cast: Cast) -> None:
    job = ask(cast.county_441802)
    now = timezone.now()
    change(job, attempts=1, failures=1, rung_at=now - 3 * SECOND, due_at=now - SECOND)
    assert (sweep_jobs(), sweep_jobs()) == (1, 0)


@pytest.mark.django_db(transaction=True)
def test_sweep_reaches_the_broker(cast: Cast) -> None:
    for _ in range(3):
        change(ask(cast.county_441802), rung_at=ago())
    before = bells()
    assert sweep_jobs() == 3
    assert bells() == before + 3


@pytest.mark.parametrize(
    ("rung", "values"),
    [
        (1, {**RUNNING, "lease_until": -HOUR}),
        (0, {**RUNNING, "lease_until": HOUR}),
        (0, {"due_at": HOUR}),
        (0, {"state": "done", "finished_at": -HOUR}),
        (0, {"state": "failed", "finished_at": -HOUR}),
    ],
)
def test_sweep_rings_for_what_can_be_taken(cast: Cast, rung: int, values: dict[str, Any]) -> None:
    moments = {
        name: timezone.now() + value if isinstance(value, timedelta) else value
        for name, value in values.items()
    }
    change(ask(cast.county_441802), rung_at=ago(), **moments)
    assert sweep_jobs() == rung


def test_job_left_by_a_dead_worker_is_done_by_the_next(cast: Cast) -> None:
    job = ask(cast.county_441802)
    claim_job(job.pk, worker="died")
    assert run_job_now(job.pk) is False
    change(job, lease_until=ago())
    assert run_job_now(job.pk) is True
    assert (job_row(job).state, job_row(job).attempts, lines_of(job)) == ("done", 2, 1)


def test_cancelled_job_of_a_dead_worker_ends_with_the_sweep(cast: Cast) -> None:
    job = ask(cast.county_441802)
    change(job, **RUNNING, lease_until=ago(), cancel_requested=True)
    assert run_job_now(job.pk) is False
    assert sweep_jobs() == 0
    assert job_row(job).state == "cancelled"


def test_job_that_kills_its_workers_is_given_up(cast: Cast) -> None:
    job = ask(cast.county_441802)
    change(job, **{**RUNNING, "attempts": 25}, lease_until=ago())
    assert run_job_now(job.pk) is False
    assert sweep_jobs() == 0
    assert job_row(job).state == "failed"
    assert job_row(job).error


def test_jobs_that_ended_long_ago_are_deleted(cast: Cast) -> None:
    old, recent, waiting = (ask(cast.county_441802) for _ in range(3))
    change(old, state="failed", finished_at=timezone.now() - timedelta(days=91))
    change(recent, state="failed", finished_at=timezone.now() - timedelta(days=89))
    change(waiting, created_at=timezone.now() - timedelta(days=91))
    assert discard_old_jobs() == 1
    assert (job_row(recent).state, job_row(waiting).state) == ("failed", "waiting")
    with pytest.raises(Job.DoesNotExist):
        job_row(old)


EVENTS = ("ring", "work and die", "lease ends", "back-off ends", "cancel", "sweep")


@settings(
    max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(kind=st.sampled_from(["test_write", "test_break", "test_refuse"]), events=st.data())
def test_any_order_of_events_does_the_work_once_or_not_at_all(
    cast: Cast, kind: str, events: st.DataObject
) -> None:
    job = ask(cast.county_441802, kind, sentence="No.", by="job")
    ended = ""
    for event in events.draw(st.lists(st.sampled_from(EVENTS), max_size=12)):
        happen(event, job=job_row(job), cast=cast)
        state = job_row(job).state
        assert lines_of(job) == (1 if state == "done" else 0)
        assert not ended or state == ended, "a finished job came back to life"
        ended = state if state in FINISHED else ""


def happen(event: str, *, job: Job, cast: Cast) -> None:
    match event:
        case "ring":
            run_job_now(job.pk)
        case "work and die":
            claim_job(job.pk, worker="died")
        case "lease ends" if job.state == "running":
            change(job, lease_until=ago())
        case "back-off ends":
            change(job, due_at=ago(), rung_at=ago())
        case "cancel":
            try:
                with acting_as(cast.county_441802.scope):
                    cancel_job(job)
            except Refusal:
                assert not job.active
        case "sweep":
            sweep_jobs()
