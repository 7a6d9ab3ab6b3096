"""What a record that was entered afterwards stands on, as the volunteer is told."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from volunteers.hours.models import ServiceRecord

__all__ = ["Proof", "own_proof"]


@dataclass(frozen=True, slots=True)
class Proof:
    """The text that names the evidence, and the number of files."""

    note: str
    files: int


def own_proof(record: ServiceRecord) -> Proof | None:
    """Of one's own record, in the scope of the volunteer; None unless it was entered afterwards.

    The function looks past the policies, and answers about records of the acting volunteer alone.
    """
    if not record.is_backfill:
        return None
    with connection.cursor() as cursor:
        cursor.execute("SELECT note, files FROM volunteers_own_evidence(%s)", [record.pk])
        row = cursor.fetchone()
    return Proof(*row) if row else None
