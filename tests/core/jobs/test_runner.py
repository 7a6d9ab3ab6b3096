"""What becomes of a job, whichever way its handler ends."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone
from django.utils.translation import override

from core.jobs.models import Job
from core.jobs.runner import run_job_now
from organizations.accounts.models import Membership, User
from tests.cast import Cast
from tests.core.jobs.arranging import ask, change, job_row, lines_of
from tests.database import as_owner

pytestmark = pytest.mark.usefixtures("job_lines")


def ran(job: Job) -> Job:
    assert run_job_now(job.pk) is True
    return job_row(job)


def test_job_does_its_work_as_the_actor_and_is_done(cast: Cast) -> None:
    job = ran(ask(cast.county_441802))
    assert lines_of(job) == 1
    assert (job.state, job.done, job.total, job.refused) == ("done", 4, 4, 2)
    assert job.result is not None
    assert (job.result["role"], job.result["label"]) == ("portal_tier3", f"job {job.pk}")
    assert job.result_url == "/lines/"
    assert job.finished_at is not None


def test_job_of_a_volunteer_runs_as_the_volunteer(cast: Cast) -> None:
    job = ran(ask(cast.person))
    assert job.result is not None
    assert job.result["role"] == "portal_volunteer"


def test_job_of_the_system_runs_as_the_job_role(cast: Cast) -> None:
    job = ran(ask(None))
    assert job.result is not None
    assert job.result["role"] == "portal_job"


@pytest.mark.parametrize("language", ["en", "zh-hans"])
def test_job_speaks_the_language_in_which_it_was_asked_for(cast: Cast, language: str) -> None:
    with override(language):
        job = ask(cast.county_441802)
    with override("en"):
        done = ran(job)
    assert done.result is not None
    assert done.result["language"] == language


def test_second_bell_does_nothing(cast: Cast) -> None:
    job = ran(ask(cast.county_441802))
    assert run_job_now(job.pk) is False
    assert lines_of(job) == 1


def test_bell_for_no_job_does_nothing(cast: Cast) -> None:
    assert run_job_now(0) is False


def test_refused_workbook_says_what_to_do(cast: Cast) -> None:
    with override("en"):
        job = ran(ask(cast.county_441802, "test_refuse", sentence="", by="workbook"))
    assert job.state == "failed"
    assert "Remove the password" in job.error


@pytest.mark.parametrize("by", ["job", "verb", "right"])
def test_refusal_is_shown_and_not_tried_again(cast: Cast, by: str) -> None:
    job = ran(ask(cast.county_441802, "test_refuse", sentence="第 1 行不对。", by=by))
    assert (job.state, job.error) == ("failed", "第 1 行不对。")
    assert lines_of(job) == 0
    assert run_job_now(job.pk) is False


def test_unexpected_exception_is_tried_again_later_and_given_up_at_last(cast: Cast) -> None:
    job = ran(ask(cast.county_441802, "test_break"))
    assert (job.state, job.failures, job.error) == ("waiting", 1, "")
    assert job.due_at > timezone.now()
    assert run_job_now(job.pk) is False

    change(job, due_at=timezone.now() - timedelta(minutes=1))
    job = ran(job)
    assert (job.state, job.failures) == ("failed", 1)
    assert job.error
    assert "division" not in job.error
    assert lines_of(job) == 0


def test_swallowed_database_error_is_no_success(cast: Cast) -> None:
    job = ran(ask(cast.county_441802, "test_swallow"))
    assert (job.state, job.failures) == ("waiting", 1)
    assert lines_of(job) == 0


def test_revoked_membership_refuses_the_job(cast: Cast) -> None:
    membership = cast.county_441802.membership
    assert membership is not None
    job = ask(cast.county_441802)
    with as_owner():
        Membership.objects.filter(pk=membership.pk).update(revoked_at=timezone.now())
    job = ran(job)
    assert job.state == "failed"
    assert job.error
    assert lines_of(job) == 0


def test_closed_account_refuses_the_job_of_a_volunteer(cast: Cast) -> None:
    assert cast.person.user is not None
    job = ask(cast.person)
    with as_owner():
        User.objects.filter(pk=cast.person.user.pk).update(is_active=False)
    assert ran(job).state == "failed"
    assert lines_of(job) == 0
