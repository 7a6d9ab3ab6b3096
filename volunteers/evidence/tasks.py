"""The clock's task."""

from __future__ import annotations

from celery import shared_task

from core.tenancy.scope import Scope, acting_as
from volunteers.evidence.domain import sweep_evidence, sweep_stray_bytes

__all__ = ["sweep_evidence_files", "sweep_stray_files"]


@shared_task
def sweep_evidence_files() -> None:
    """Once a day, by beat."""
    with acting_as(Scope.for_job("sweep evidence files")):
        sweep_evidence()


@shared_task
def sweep_stray_files() -> None:
    """Each night: bytes that no row names."""
    sweep_stray_bytes()
