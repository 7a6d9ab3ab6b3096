"""Reads of jobs."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Now

if TYPE_CHECKING:
    from core.jobs.models import Job

__all__ = ["JobQuerySet"]


class JobQuerySet(models.QuerySet["Job"]):
    """Filters that compose. Clocks of machines differ, so every moment is the database's."""

    def of_user(self, user_id: int | None) -> Self:
        """Asked for by that account."""
        return self.filter(user_id=user_id)

    def before(self, job_id: int | None) -> Self:
        """Older than that job, newest first; all when None."""
        older = self if job_id is None else self.filter(pk__lt=job_id)
        return older.order_by("-pk")

    def unfinished(self) -> Self:
        """Waiting or running."""
        return self.filter(state__in=["waiting", "running"])

    def lapsed(self) -> Self:
        """Running by their state, but their worker has not been heard of for a whole lease."""
        return self.filter(state="running", lease_until__lt=Now())

    def claimable(self) -> Self:
        """To be taken by a worker: due, or left behind by a worker that died."""
        free = Q(state="waiting", due_at__lte=Now()) | Q(state="running", lease_until__lt=Now())
        return self.filter(free, cancel_requested=False).exclude(self._hopeless())

    def unheard(self) -> Self:
        """Not rung for since they became claimable, or so long ago that the bell must be lost.

        A bell that only waits for a free worker is not doubled at every look: that would pile up.
        """
        lost = Q(rung_at__lt=Now() - timedelta(seconds=settings.JOB_RING_AGAIN_SECONDS))
        due_since = Q(state="waiting", rung_at__lt=F("due_at"))
        lapsed_since = Q(state="running", rung_at__lt=F("lease_until"))
        return self.filter(lost | due_since | lapsed_since)

    def hopeless(self) -> Self:
        """Killed their workers too often."""
        return self.lapsed().filter(self._hopeless())

    def held_by_attempt(self, job_id: int, attempt: int) -> Self:
        """The job while that attempt still has it; no row once another attempt took over."""
        return self.filter(pk=job_id, state="running", attempts=attempt)

    @staticmethod
    def _hopeless() -> Q:
        return Q(attempts__gte=F("failures") + settings.JOB_MAX_WORKER_DEATHS)
