"""Running one job: claim it, do the work and mark it done in one transaction, or say why not.

A worker that dies leaves nothing behind, because nothing was committed; the next attempt starts
from the beginning. An attempt that lost its lease finds another number in the row and rolls back.
"""

from __future__ import annotations

import os
import socket
from dataclasses import replace
from typing import Any

import structlog
from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.db import connection
from django.utils.module_loading import import_string
from django.utils.translation import gettext as _
from django.utils.translation import override

from core.jobs.errors import JobCancelled, JobFailed, LeaseLost
from core.jobs.kinds import kind_named
from core.jobs.leases import claim_job, end_attempt, finish_job, retry_or_fail
from core.jobs.lifeline import Lifeline
from core.jobs.models import Job, JobState
from core.jobs.runs import JobRun
from core.tenancy.scope import Scope, ScopeRefused, acting_as
from core.web.refusals import Refusal
from core.workbooks.errors import WorkbookRefused

__all__ = ["run_job_now"]

logger = structlog.get_logger(__name__)

# A backend whose worker was killed gives up its locks after so long, not at the statement's end.
_NOTICE_DEAD_WORKER = "SELECT set_config('client_connection_check_interval', '2s', true)"


def run_job_now(job_id: int) -> bool:
    """Runs the job in this process; False when it was not to be had.

    Opens its own scopes, so none may be open. How the job ended stands in its row; unexpected
    exceptions are logged and the job is tried again later.
    """
    job = claim_job(job_id, worker=f"{socket.gethostname()}:{os.getpid()}"[:100])
    if job is None:
        return False
    with override(job.language or None), structlog.contextvars.bound_contextvars(job=job.pk):
        _attempt(job)
    return True


def _attempt(job: Job) -> None:
    try:
        with Lifeline(job) as lifeline:
            _work(job, lifeline)
    except LeaseLost:
        logger.warning("job_lease_lost", attempt=job.attempts)
    except JobCancelled:
        end_attempt(job, state=JobState.CANCELLED)
    except (JobFailed, Refusal, WorkbookRefused, PermissionDenied) as said:
        end_attempt(job, state=JobState.FAILED, error=str(said))
    except ScopeRefused:
        end_attempt(job, state=JobState.FAILED, error=_membership_ended())
    except Exception:
        logger.exception("job_failed", kind=job.kind, attempt=job.attempts)
        retry_or_fail(job)


def _work(job: Job, lifeline: Lifeline) -> None:
    actor, scope = _acting_party(job)
    run = JobRun(job=job, actor=actor, lifeline=lifeline)
    with acting_as(replace(scope, label=f"job {job.pk}"), statement_timeout_ms=0):
        with connection.cursor() as cursor:
            cursor.execute(_NOTICE_DEAD_WORKER)
        result = kind_named(job.kind).handler(run)
        finish_job(job, result=result, progress=lifeline.progress)


def _acting_party(job: Job) -> tuple[Any, Scope]:
    """The actor and the scope, looked up anew: what has been revoked since is refused."""
    if job.membership_id is not None:
        actor = import_string(settings.JOB_ACTOR_RESOLVER)(job.membership_id)
    elif job.user_id is not None:
        actor = import_string(settings.JOB_VOLUNTEER_RESOLVER)(job.user_id, job.volunteer_id)
    else:
        return None, Scope.for_job(f"job {job.pk}")
    if actor.scope.user != job.user_id:
        # Policies let everybody write own jobs; whose membership one names, they cannot see.
        message = "The membership is another person's."
        raise ScopeRefused(message)
    return actor, actor.scope


def _membership_ended() -> str:
    return _("Your access to this committee ended before the work began; nothing was changed.")
