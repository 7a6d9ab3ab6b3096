"""Asking for jobs and cancelling them; who sees them."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest
from django.db import ProgrammingError, connection
from django.utils.translation import override

from core.jobs.domain import cancel_job, enqueue_job
from core.jobs.errors import UnknownJobKind
from core.jobs.models import Job
from core.jobs.runner import run_job_now
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.core.jobs.arranging import ask, bells, job_row
from tests.database import as_owner

pytestmark = pytest.mark.usefixtures("job_lines")
NONCE = UUID("00000000-0000-4000-8000-000000000001")


def seen_by(actor: Actor) -> set[int]:
    with acting_as(actor.scope), connection.cursor() as cursor:
        cursor.execute("SELECT id FROM core_job")
        return {job for (job,) in cursor.fetchall()}


def test_job_keeps_who_asked_and_where(cast: Cast) -> None:
    actor = cast.county_441802
    with override("en"):
        job = job_row(ask(actor, rows=[1, 2]))
    assert actor.user is not None
    assert actor.membership is not None
    assert (job.user_id, job.membership_id, job.committee_path) == (
        actor.user.pk,
        actor.membership.pk,
        cast.committee("441802").path,
    )
    assert (job.state, job.parameters, job.language) == ("waiting", {"rows": [1, 2]}, "en")


def test_job_sent_twice_is_the_first_one(cast: Cast) -> None:
    first = ask(cast.county_441802, nonce=NONCE, rows=1)
    second = ask(cast.county_441802, nonce=NONCE, rows=2)
    assert second.pk == first.pk
    assert second.parameters == {"rows": 1}


def test_job_of_the_system_sent_twice_is_the_first_one(cast: Cast) -> None:
    assert ask(None, nonce=NONCE).pk == ask(None, nonce=NONCE).pk


def test_nonce_of_somebody_else_takes_nothing_away(cast: Cast) -> None:
    theirs = ask(cast.county_440606, nonce=NONCE)
    assert ask(cast.county_441802, nonce=NONCE).pk != theirs.pk


def test_unknown_kind_is_refused_when_asked_for(cast: Cast) -> None:
    with pytest.raises(UnknownJobKind), acting_as(cast.county_441802.scope):
        enqueue_job(kind="no such", parameters={}, actor=cast.county_441802, title="x")


def test_long_title_is_cut(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        job = enqueue_job(
            kind="test_write", parameters={}, actor=cast.county_441802, title="长" * 300
        )
    assert job_row(job).title == "长" * 200


@pytest.mark.django_db(transaction=True)
def test_bell_rings_only_after_the_commit(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        enqueue_job(kind="test_write", parameters={}, actor=cast.county_441802, title="x")
        assert bells() == 0
    assert bells() == 1


@pytest.mark.django_db(transaction=True)
def test_job_of_a_rolled_back_transaction_never_rings(cast: Cast) -> None:
    with pytest.raises(ZeroDivisionError), acting_as(cast.county_441802.scope):
        enqueue_job(kind="test_write", parameters={}, actor=cast.county_441802, title="x")
        raise ZeroDivisionError
    assert bells() == 0


def test_waiting_job_is_cancelled_at_once(cast: Cast) -> None:
    job = ask(cast.county_441802)
    with acting_as(cast.county_441802.scope):
        assert cancel_job(job).state == "cancelled"
    assert run_job_now(job.pk) is False
    assert job_row(job).attempts == 0


def test_ended_job_refuses_to_be_cancelled(cast: Cast) -> None:
    job = ask(cast.county_441802)
    run_job_now(job.pk)
    with pytest.raises(Refusal), acting_as(cast.county_441802.scope):
        cancel_job(job)
    assert job_row(job).state == "done"


def test_everybody_sees_the_own_jobs_only(cast: Cast) -> None:
    mine, theirs = ask(cast.county_441802), ask(cast.county_440606)
    of_person, of_system = ask(cast.person), ask(None)
    assert seen_by(cast.county_441802) == {mine.pk}
    assert seen_by(cast.county_440606) == {theirs.pk}
    assert seen_by(cast.person) == {of_person.pk}
    assert of_system.pk not in seen_by(cast.province)


def test_without_the_policy_the_jobs_of_others_would_be_seen(cast: Cast) -> None:
    theirs = ask(cast.county_440606)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute("ALTER TABLE core_job DISABLE ROW LEVEL SECURITY")
    assert theirs.pk in seen_by(cast.county_441802)


def test_nobody_asks_in_the_name_of_somebody_else(cast: Cast) -> None:
    with (
        pytest.raises(ProgrammingError, match="row-level security"),
        acting_as(cast.county_441802.scope),
    ):
        enqueue_job(kind="test_write", parameters={}, actor=cast.county_440606, title="x")


def test_login_role_reaches_no_job(cast: Cast) -> None:
    ask(cast.county_441802)
    with pytest.raises(ProgrammingError, match="permission denied"):
        list(Job.objects.filter(nonce=uuid4()))
