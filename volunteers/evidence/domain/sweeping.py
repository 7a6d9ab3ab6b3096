"""The bytes of what was removed, and of what belongs to nothing any more, go after a term."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from core.tenancy.scope import Scope, acting_as
from volunteers.evidence.domain.holders import held_among
from volunteers.evidence.domain.stored import discard_older, discard_on_commit, keys_stored, shelves
from volunteers.evidence.models import EvidenceFile

__all__ = ["sweep_evidence", "sweep_stray_bytes"]

_REMOVED_KEPT = timedelta(days=30)
# What was added to a form that nobody sent, or to a draft that was set aside.
_UNHELD_KEPT = timedelta(days=30)
# Bytes are written before their row is committed, and nobody's upload takes that long.
_STRAY_KEPT = timedelta(days=1)
# The rest waits for tomorrow.
_MOST_AT_ONCE = 2_000


def sweep_evidence(now: datetime | None = None) -> int:
    """Discards bytes past their time and says of how many files. Runs inside the scope of a job."""
    now = now or timezone.now()
    old = EvidenceFile.objects.to_sweep(
        removed_before=now - _REMOVED_KEPT, uploaded_before=now - _UNHELD_KEPT
    )
    files = list(old.order_by("uploaded_at").select_for_update(skip_locked=True)[:_MOST_AT_ONCE])
    for_good, for_now = held_among({file.bundle for file in files if file.stands})
    EvidenceFile.objects.filter(
        pk__in=[file.pk for file in files if file.stands and file.bundle in for_good]
    ).update(held=True)
    gone = [file for file in files if not file.stands or file.bundle not in for_good | for_now]
    for file in gone:
        file.removed_at = file.removed_at or now
        file.swept_at = now
        file.save(update_fields=["removed_at", "swept_at"])
        discard_on_commit(file)
    return len(gone)


def sweep_stray_bytes(now: datetime | None = None) -> int:
    """Discards bytes that no row names, and says of how many files. Opens its own scopes.

    Left by an upload that did not stand, or by a storage that was away when they were to go.
    """
    before = (now or timezone.now()) - _STRAY_KEPT
    gone = 0
    for shelf in shelves():
        keys = keys_stored(shelf)
        with acting_as(Scope.for_job("sweep stray bytes of evidence")):
            named = set(EvidenceFile.objects.with_bytes(keys).values_list("pk", flat=True))
        gone += sum(discard_older(key, before) for key in keys if key not in named)
    return gone
