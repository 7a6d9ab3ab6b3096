"""The sweeper: rings again for jobs whose bell was lost or whose worker died; clears old ones."""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings
from django.db.models.functions import Now

from core.jobs.bells import ring_on_commit
from core.jobs.leases import settle_lapsed
from core.jobs.models import Job
from core.tenancy.scope import Scope, acting_as

__all__ = ["discard_old_jobs", "sweep_jobs"]

# Of a crowd of waiting jobs the oldest are rung for first; the next sweep takes the next ones.
_JOBS_A_SWEEP = 200


def sweep_jobs() -> int:
    """Rings for jobs that wait although nobody was told, or was told long ago; returns how many."""
    with acting_as(Scope.for_job("sweep jobs")):
        settle_lapsed()
        unheard = Job.objects.claimable().unheard().order_by("pk")
        locked = unheard.select_for_update(skip_locked=True, no_key=True)
        found = list(locked.values_list("pk", flat=True)[:_JOBS_A_SWEEP])
        Job.objects.filter(pk__in=found).update(rung_at=Now())
        for job_id in found:
            ring_on_commit(job_id)
    return len(found)


def discard_old_jobs() -> int:
    """Deletes jobs that ended long ago: their titles and parameters may name people's files."""
    with acting_as(Scope.for_job("discard old jobs")):
        oldest_kept = Now() - timedelta(days=settings.JOB_KEEP_DAYS)
        count, _ = Job.objects.filter(finished_at__lt=oldest_kept).delete()
    return count
