"""A new key for blind indexes: each one is made anew from its sealed value, in batches."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection, transaction

from core.crypto.blind_index import (
    GUARDIAN_PHONE,
    IDENTITY_NUMBER,
    PHONE,
    blind_index,
    old_blind_index,
)
from core.crypto.sealing import SealBroken, unseal
from volunteers.registry.models import VolunteerIdentity, identity_context

__all__ = ["IndexBatch", "rotate_next_batch"]

# By value, not by row: whoever shares a telephone is found together at every moment.
_RENEW = {
    "number": """
        UPDATE volunteers_volunteeridentity i SET number_index = m.new
        FROM unnest(%s::bytea[], %s::bytea[]) AS m (old, new) WHERE i.number_index = m.old
    """,
    "phone": """
        UPDATE volunteers_volunteeridentity i SET phone_index = m.new
        FROM unnest(%s::bytea[], %s::bytea[]) AS m (old, new) WHERE i.phone_index = m.old
    """,
    "guardian_phone": """
        UPDATE volunteers_volunteeridentity i SET guardian_phone_index = m.new
        FROM unnest(%s::bytea[], %s::bytea[]) AS m (old, new)
        WHERE i.guardian_phone_index = m.old
    """,
}
_PURPOSES = {"number": IDENTITY_NUMBER, "phone": PHONE, "guardian_phone": GUARDIAN_PHONE}


@dataclass(frozen=True, slots=True)
class IndexBatch:
    """What one batch did: indexes renewed, rows that do not open, the last key; None at the end."""

    renewed: int
    broken: tuple[int, ...]
    last: int | None


@transaction.atomic
def rotate_next_batch(*, after: int, size: int) -> IndexBatch:
    """Renews the indexes of the next ``size`` volunteers past the key ``after``.

    What has been renewed before stays as it is, so all may be done again from the start. Runs in
    the scope of a job. Raises `RuntimeError` when no old key is set.
    """
    rows = VolunteerIdentity.objects.filter(pk__gt=after).order_by("pk")
    found = list(rows.select_for_update()[:size])
    pairs: dict[str, dict[bytes, bytes]] = {column: {} for column in _PURPOSES}
    broken = []
    for row in found:
        try:
            for column, purpose in _PURPOSES.items():
                # Erased entries hold nothing; their index is random and finds nothing.
                if value := _value(row, f"{column}_sealed"):
                    old, new = _both(value, purpose)
                    pairs[column][old] = new
        except SealBroken:
            broken.append(row.volunteer_id)
    renewed = sum(_renew(column, each) for column, each in pairs.items())
    return IndexBatch(renewed, tuple(broken), found[-1].volunteer_id if found else None)


def _value(row: VolunteerIdentity, column: str) -> str:
    """What is sealed there; empty where nothing is."""
    sealed = getattr(row, column)
    return unseal(sealed, context=identity_context(row.volunteer_id, column)) if sealed else ""


def _both(value: str, purpose: str) -> tuple[bytes, bytes]:
    old = old_blind_index(value, purpose=purpose)
    if old is None:
        message = "BLIND_INDEX_OLD_KEY is not set: there is nothing to rotate from."
        raise RuntimeError(message)
    return old, blind_index(value, purpose=purpose)


def _renew(column: str, pairs: dict[bytes, bytes]) -> int:
    if not pairs:
        return 0
    with connection.cursor() as cursor:
        cursor.execute(_RENEW[column], [list(pairs), list(pairs.values())])
        return int(cursor.rowcount)
