"""How many files a bundle takes, asked by one transaction after the other."""

from __future__ import annotations

from uuid import UUID

from django.db import connection
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from volunteers.evidence.models import EvidenceFile

__all__ = ["MAX_FILES", "lock_room", "must_have_room"]

MAX_FILES = 20
# A bundle has no row of its own to lock: the form of one record chooses its key by itself.
_LOCK = "SELECT pg_advisory_xact_lock(hashtextextended('volunteers.evidence:' || %s, 0))"


def must_have_room(bundle: UUID) -> None:
    """Raises `Refusal` for a bundle that is full already."""
    if EvidenceFile.objects.of_bundle(bundle).count() >= MAX_FILES:
        message = _("There are {limit} files already; remove one that proves nothing first.")
        raise Refusal(message.format(limit=MAX_FILES), code="too_many_files", field="file")


def lock_room(bundle: UUID) -> None:
    """Until the end of the transaction nobody else adds a file to the bundle.

    Taken before any row of the bundle is locked or written.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LOCK, [str(bundle)])
