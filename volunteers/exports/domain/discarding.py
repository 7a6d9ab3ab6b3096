"""Files of exports go after some days: they hold people's data outside of the policies."""

from __future__ import annotations

from datetime import datetime
from functools import partial

from django.core.files.storage import default_storage
from django.db import transaction
from django.utils import timezone

from volunteers.exports.models import Export

__all__ = ["discard_expired_files"]


def discard_expired_files(now: datetime | None = None) -> int:
    """Removes files past their time and says how many. Runs inside the scope of a job."""
    expired = Export.objects.expired(now or timezone.now())
    count = 0
    for export in expired.select_for_update(skip_locked=True, of=("self",)):
        transaction.on_commit(partial(default_storage.delete, export.file), robust=True)
        Export.objects.filter(pk=export.pk).update(file="")
        count += 1
    return count
