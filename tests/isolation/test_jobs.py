"""A job acts as the person who asked for it, whatever else its row says."""

from __future__ import annotations

from core.jobs.kinds import job_kind
from core.jobs.models import Job, JobState
from core.jobs.runner import run_job_now
from core.jobs.runs import JobRun
from core.tenancy.scope import acting_as, current_scope
from tests.cast import Cast
from tests.database import as_owner


@job_kind("isolation", title="work of the tests of isolation")
def tell_the_scope(_run: JobRun) -> dict[str, str]:
    """Role and committee that the work ran under."""
    scope = current_scope()
    return {"role": str(scope.role), "committee": scope.committee}


def ended(job: Job) -> Job:
    """The job after a worker has met it."""
    run_job_now(job.pk)
    with as_owner():
        return Job.objects.get(pk=job.pk)


def ask(cast: Cast, membership_of: str) -> Job:
    """A job that the county's secretary writes, naming somebody's membership."""
    actor = cast.county_441802
    membership = cast.actor(membership_of).membership
    assert membership is not None
    with acting_as(actor.scope):
        return Job.objects.create(
            kind="isolation",
            title="x",
            language="en",
            user_id=actor.scope.user,
            membership_id=membership.pk,
        )


def test_job_runs_in_the_scope_of_the_own_membership(cast: Cast) -> None:
    job = ended(ask(cast, "county-441802"))
    assert (job.state, job.result) == (
        JobState.DONE,
        {"role": "portal_tier3", "committee": cast.committee("441802").path},
    )


def test_job_that_names_another_membership_is_refused(cast: Cast) -> None:
    job = ended(ask(cast, "province"))
    assert (job.state, job.result) == (JobState.FAILED, None)
