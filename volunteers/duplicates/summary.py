"""What a merge would move, before it does."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import connection

from volunteers.hours.models import ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.registry.ownership import REFERENCES

__all__ = ["Collision", "Moving", "Preview", "Staying", "preview_of"]

_STAYS = "stays:"


@dataclass(frozen=True, slots=True)
class Moving:
    """So many rows of one kind, those of other committees included."""

    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Staying:
    """So many rows that stay with the merged entry, and why."""

    label: str
    count: int
    why: str


@dataclass(frozen=True, slots=True)
class Collision:
    """Two records of the same time; None where another committee keeps it."""

    mine: ServiceRecord | None
    theirs: ServiceRecord | None


@dataclass(frozen=True, slots=True)
class Preview:
    """Everything that a merge would name: what moves, what stays, what collides, whose account."""

    moving: tuple[Moving, ...]
    staying: tuple[Staying, ...]
    collisions: tuple[Collision, ...]
    survivor_has_account: bool
    merged_has_account: bool


def preview_of(survivor: Volunteer, merged: Volunteer) -> Preview | None:
    """None without rights on both. Four queries."""
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT tab, counted FROM volunteers_merge_counts(%s, %s)", [survivor.pk, merged.pk]
        )
        counts = dict(cursor.fetchall())
        if not counts:
            return None
        cursor.execute(
            "SELECT mine, theirs FROM volunteers_merge_collisions(%s, %s)",
            [survivor.pk, merged.pk],
        )
        pairs = cursor.fetchall()
    seen = ServiceRecord.objects.prefetch_related("committee").in_bulk(
        [pk for pair in pairs for pk in pair if pk is not None]
    )
    labels = {f"{each.table}.{each.column}": str(each.label) for each in REFERENCES}
    whys = {f"{each.table}.{each.column}": str(each.rest or each.stays) for each in REFERENCES}
    return Preview(
        moving=tuple(
            Moving(labels[key], count) for key, count in counts.items() if key in labels and count
        ),
        staying=tuple(
            Staying(labels[name], count, whys[name])
            for key, count in counts.items()
            if count and (name := key.removeprefix(_STAYS)) != key
        ),
        collisions=tuple(Collision(seen.get(mine), seen.get(theirs)) for mine, theirs in pairs),
        survivor_has_account=bool(counts.get("account.survivor")),
        merged_has_account=bool(counts.get("account.merged")),
    )
