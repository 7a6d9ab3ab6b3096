"""Old files of imports go: they hold identifiers in clear."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import Q
from django.utils import timezone

from volunteers.imports.domain.files import discard_on_commit
from volunteers.imports.models import ImportRun

__all__ = ["discard_old_files"]

# A file that was never brought in, and refused rows that nobody came back for.
_UPLOADS_KEPT = timedelta(days=7)
_REFUSED_KEPT = timedelta(days=30)


def discard_old_files(now: datetime | None = None) -> int:
    """Remove files past their time and say how many. Runs inside the scope of a job."""
    now = now or timezone.now()
    old = ImportRun.objects.exclude(file="", refused_file="").filter(
        Q(created_at__lt=now - _UPLOADS_KEPT) & ~Q(file="")
        | Q(finished_at__lt=now - _REFUSED_KEPT) & ~Q(refused_file="")
    )
    count = 0
    for run in old.select_for_update(skip_locked=True):
        count += _discard(run)
    return count


def _discard(run: ImportRun) -> int:
    names = [name for name in (run.file, run.refused_file) if name]
    for name in names:
        discard_on_commit(name)
    ImportRun.objects.filter(pk=run.pk).update(file="", refused_file="")
    return len(names)
