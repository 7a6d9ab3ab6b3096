"""What people do with jobs: ask for one, and cancel it."""

from __future__ import annotations

from typing import Any, Protocol
from uuid import UUID, uuid4

from django.db import IntegrityError, transaction
from django.db.models.functions import Now
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from core.jobs.bells import ring_on_commit
from core.jobs.kinds import kind_named
from core.jobs.models import Job, JobState
from core.tenancy.scope import Scope
from core.web.refusals import Refusal

__all__ = ["JobActor", "cancel_job", "enqueue_job"]

_TITLE_LENGTH = 200


class _Membership(Protocol):
    @property
    def pk(self) -> Any: ...


class JobActor(Protocol):
    """What a job has to know of an actor to act as that actor later."""

    @property
    def scope(self) -> Scope: ...

    @property
    def membership(self) -> _Membership | None: ...


def enqueue_job(
    *,
    kind: str,
    parameters: dict[str, Any],
    actor: JobActor | None,
    title: str,
    nonce: UUID | None = None,
) -> Job:
    """Leaves work for a worker, to be done as ``actor`` after this transaction commits.

    ``parameters`` is JSON; ``title`` is what the person reads, in the present language. Runs
    inside the actor's scope, or inside `Scope.for_job` with no actor for the system's own work.
    With the ``nonce`` of an earlier job of the same user, that job is returned and nothing is
    added. Raises `UnknownJobKind`.
    """
    job = Job(
        kind=kind,
        parameters=parameters,
        title=title[:_TITLE_LENGTH],
        language=get_language() or "",
        user_id=actor.scope.user if actor else None,
        membership_id=actor.membership.pk if actor and actor.membership else None,
        volunteer_id=actor.scope.volunteer if actor else None,
        committee_path=actor.scope.committee if actor else "",
        nonce=nonce or uuid4(),
        max_attempts=kind_named(kind).max_attempts,
    )
    try:
        with transaction.atomic():
            job.save(force_insert=True)
    except IntegrityError:
        return Job.objects.get(user_id=job.user_id, nonce=job.nonce)
    ring_on_commit(job.pk)
    return job


def cancel_job(job: Job) -> Job:
    """Stops a job: at once while it waits, at its next step while it runs. Nothing of it is kept.

    Runs inside the scope of the person whose job it is. Raises `Refusal` when it has ended.
    """
    locked = Job.objects.select_for_update(no_key=True).get(pk=job.pk)
    if not locked.active:
        message = _("This work has already ended; there is nothing to cancel.")
        raise Refusal(message, code="job_ended")
    locked.cancel_requested = True
    if locked.state == JobState.WAITING:
        locked.state = JobState.CANCELLED
        locked.finished_at = Now()
    locked.save(update_fields=["cancel_requested", "state", "finished_at"])
    locked.refresh_from_db()
    return locked
