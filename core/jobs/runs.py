"""What a handler gets to work with."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from core.jobs.lifeline import Lifeline
from core.jobs.models import Job

__all__ = ["JobRun"]


@dataclass(frozen=True, slots=True, kw_only=True)
class JobRun:
    """One attempt at a job, inside the actor's scope and one transaction.

    ``actor`` is what `settings.JOB_ACTOR_RESOLVER` returned, None for work of the system.
    """

    job: Job
    actor: Any
    lifeline: Lifeline

    @property
    def parameters(self) -> dict[str, Any]:
        """As they were given when the job was asked for."""
        parameters: dict[str, Any] = self.job.parameters
        return parameters

    def progress(
        self, done: int, total: int | None = None, *, refused: int = 0, note: str = ""
    ) -> None:
        """Shows how far the work is, at no cost: a thread writes the latest figures every moment.

        ``note`` is a translated word for the present step. Raises as `check_cancelled` does.
        """
        figures = {"done": done, "refused": refused, "note": note}
        if total is not None:
            figures["total"] = total
        self.lifeline.progress = {**self.lifeline.progress, **figures}
        self.check_cancelled()

    def check_cancelled(self) -> None:
        """Raises `JobCancelled` or `LeaseLost`, which a handler lets pass, when it should stop."""
        self.lifeline.raise_if_over()
