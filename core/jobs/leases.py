"""Taking a job, holding it and letting it go, each in one short transaction of the job role.

A lease says how long a worker that is not heard of still counts as alive. The number of the
attempt fences: whatever a worker writes to its job is written only while the number is its own.
"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django.conf import settings
from django.db.models import F
from django.db.models.functions import Now
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.jobs.errors import JobCancelled, LeaseLost
from core.jobs.models import Job, JobState
from core.tenancy.scope import Scope, acting_as

__all__ = ["claim_job", "end_attempt", "finish_job", "hold_lease", "retry_or_fail", "settle_lapsed"]

_BACK_OFF_SECONDS = 5


def claim_job(job_id: int, *, worker: str) -> Job | None:
    """Takes the job for ``worker``; None when it is not to be had (any more, or not yet).

    Two workers that were rung for the same job: one gets it, the other does not wait.
    """
    with acting_as(Scope.for_job("claim job")):
        free = Job.objects.claimable().select_for_update(skip_locked=True, no_key=True)
        if free.filter(pk=job_id).first() is None:
            return None
        Job.objects.filter(pk=job_id).update(
            state=JobState.RUNNING,
            worker=worker,
            attempts=F("attempts") + 1,
            lease_until=_lease_end(),
            started_at=Now(),
            done=0,
            refused=0,
            note="",
        )
        return Job.objects.get(pk=job_id)


def hold_lease(job: Job, progress: dict[str, Any]) -> bool:
    """Extends the lease and shows the progress; True when the person asked to cancel.

    Raises `LeaseLost` when another worker has the job.
    """
    with acting_as(Scope.for_job("hold job")):
        held = Job.objects.held_by_attempt(job.pk, job.attempts)
        if held.update(lease_until=_lease_end(), **progress):
            return held.filter(cancel_requested=True).exists()
        # A row that this connection cannot see at all is nobody else's either.
        if Job.objects.filter(pk=job.pk).exists():
            raise LeaseLost
        return False


def finish_job(job: Job, *, result: dict[str, Any], progress: dict[str, Any]) -> None:
    """Marks the job done, inside the transaction that did the work and in the actor's own scope.

    From here to the commit the row is locked, so that no other worker can take the job. Raises
    `JobCancelled` or `LeaseLost`, which rolls the work back.
    """
    held = Job.objects.held_by_attempt(job.pk, job.attempts)
    done = held.filter(cancel_requested=False).update(
        state=JobState.DONE,
        result=result,
        error="",
        finished_at=Now(),
        lease_until=None,
        **progress,
    )
    if not done:
        raise JobCancelled if held.exists() else LeaseLost


def end_attempt(job: Job, *, state: JobState, error: str = "") -> None:
    """Ends the job without a result, unless another worker has it by now."""
    with acting_as(Scope.for_job("end job")):
        Job.objects.held_by_attempt(job.pk, job.attempts).update(
            state=state, error=error, finished_at=Now(), lease_until=None
        )


def retry_or_fail(job: Job) -> None:
    """After an unexpected exception: another try a little later, or the end with a sentence."""
    failures = job.failures + 1
    if failures >= job.max_attempts:
        end_attempt(job, state=JobState.FAILED, error=_gave_up())
        return
    with acting_as(Scope.for_job("retry job")):
        Job.objects.held_by_attempt(job.pk, job.attempts).update(
            state=JobState.WAITING,
            failures=failures,
            due_at=Now() + timedelta(seconds=_BACK_OFF_SECONDS * 2**job.failures),
            lease_until=None,
        )


def settle_lapsed() -> None:
    """Ends jobs whose worker died and that are not to be tried again. Runs in the job scope."""
    cancelled = Job.objects.lapsed().filter(cancel_requested=True)
    cancelled.update(state=JobState.CANCELLED, finished_at=Now(), lease_until=None)
    for job in Job.objects.hopeless().select_for_update(skip_locked=True, no_key=True):
        with override(job.language or None):
            error = _gave_up()
        Job.objects.filter(pk=job.pk).update(
            state=JobState.FAILED, error=error, finished_at=Now(), lease_until=None
        )


def _lease_end() -> Any:
    return Now() + timedelta(seconds=settings.JOB_LEASE_SECONDS)


def _gave_up() -> str:
    return _(
        "This could not be finished because of a fault in the system; nothing was changed."
        " Try again later, and tell the administrator if it happens again."
    )
