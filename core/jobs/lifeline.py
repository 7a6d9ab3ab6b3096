"""The thread that keeps a running job's lease and shows its progress.

The work's own transaction is invisible until it commits, so both go through a second connection.
"""

from __future__ import annotations

import threading
from types import TracebackType
from typing import Any, Self

import structlog
from django.conf import settings
from django.db import DatabaseError, connection

from core.jobs.errors import JobCancelled, LeaseLost
from core.jobs.leases import hold_lease
from core.jobs.models import Job

__all__ = ["Lifeline"]

logger = structlog.get_logger(__name__)


class Lifeline:
    """A context around one attempt at a job; beats until it is left."""

    def __init__(self, job: Job) -> None:
        self.progress: dict[str, Any] = {"done": 0, "refused": 0, "note": ""}
        self._job = job
        self._stopped = threading.Event()
        self._cancelled = threading.Event()
        self._lost = threading.Event()
        self._thread = threading.Thread(
            target=self._beat_until_stopped, name=f"lifeline of job {job.pk}", daemon=True
        )

    def __enter__(self) -> Self:
        self._thread.start()
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _error: BaseException | None,
        _traceback: TracebackType | None,
    ) -> None:
        self._stopped.set()
        self._thread.join()

    def raise_if_over(self) -> None:
        """Raises `JobCancelled` or `LeaseLost` when it makes no sense to go on."""
        if self._lost.is_set():
            raise LeaseLost
        if self._cancelled.is_set():
            raise JobCancelled

    def _beat_until_stopped(self) -> None:
        try:
            while (
                not self._stopped.wait(settings.JOB_HEARTBEAT_SECONDS) and not self._lost.is_set()
            ):
                self._beat()
        finally:
            connection.close()

    def _beat(self) -> None:
        try:
            # A copy: the work replaces the figures while they are being written.
            if hold_lease(self._job, dict(self.progress)):
                self._cancelled.set()
        except LeaseLost:
            self._lost.set()
        except DatabaseError:
            # The lease outlives some beats; whether it held is asked again before the commit.
            logger.warning("job_beat_failed", job=self._job.pk, exc_info=True)
            connection.close()
