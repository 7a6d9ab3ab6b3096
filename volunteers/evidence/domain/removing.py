"""Taking evidence away is a mark, and can be taken back until the file is swept."""

from __future__ import annotations

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.evidence.domain.holders import must_let_go
from volunteers.evidence.domain.room import lock_room, must_have_room
from volunteers.evidence.models import EvidenceFile

__all__ = ["remove_evidence", "restore_evidence"]


@transaction.atomic
def remove_evidence(file: EvidenceFile, *, actor: Actor) -> EvidenceFile:
    """Marks a file as removed: it is shown no more and proves nothing.

    One that is removed already stays as it is. Raises `Refusal` when something stands on it.
    """
    actor.must("evidence.add")
    must_let_go(file.bundle)
    locked = _locked(file)
    if locked.stands:
        locked.removed_at = timezone.now()
        locked.removed_by_label = actor.label
        locked.save(update_fields=["removed_at", "removed_by_label"])
    return locked


@transaction.atomic
def restore_evidence(file: EvidenceFile, *, actor: Actor) -> EvidenceFile:
    """Takes the mark back; one that stands already stays as it is.

    Raises `Refusal` once the bytes are gone, and where others have filled its place.
    """
    actor.must("evidence.add")
    lock_room(file.bundle)
    locked = _locked(file)
    if locked.stands:
        return locked
    must_have_room(locked.bundle)
    if locked.swept_at is not None:
        message = _("The file is no longer kept. Add the picture again.")
        raise Refusal(message, code="evidence_swept")
    locked.removed_at, locked.removed_by_label = None, ""
    try:
        with transaction.atomic():
            locked.save(update_fields=["removed_at", "removed_by_label"])
    except IntegrityError as error:
        message = _("The same file has been added again meanwhile; nothing is missing.")
        raise Refusal(message, code="evidence_stands") from error
    return locked


def _locked(file: EvidenceFile) -> EvidenceFile:
    return EvidenceFile.objects.select_for_update(no_key=True).get(pk=file.pk)
