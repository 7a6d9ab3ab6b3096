"""Reads of what is registered twice."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, NamedTuple, Self

from django.db import connection, models

from core.crypto.blind_index import IDENTITY_NUMBER, possible_blind_indexes

if TYPE_CHECKING:
    from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge

__all__ = [
    "MergeQuerySet",
    "NoticeQuerySet",
    "PairQuerySet",
    "RequestQuerySet",
    "ToldMerge",
    "merges_of_the_person",
]


class ToldMerge(NamedTuple):
    """What a person is told of a merge; of the other entry the number alone."""

    at: datetime
    survivor_number: str
    merged_number: str
    by_label: str
    reason: str
    undone_at: datetime | None
    undo_reason: str


def merges_of_the_person() -> list[ToldMerge]:
    """Those of the person whose scope is open, oldest first; the function answers nobody else."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM volunteers_own_merges()")
        return [ToldMerge(*row) for row in cursor.fetchall()]


class RequestQuerySet(models.QuerySet["ClashRequest"]):
    """Filters that compose."""

    def waiting(self) -> Self:
        """Nobody has answered yet."""
        return self.filter(state="waiting")

    def with_number(self, number: str) -> Self:
        """About that number, in its stored form."""
        return self.filter(number_index__in=possible_blind_indexes(number, purpose=IDENTITY_NUMBER))


class NoticeQuerySet(models.QuerySet["ClashNotice"]):
    """Filters that compose."""

    def waiting(self) -> Self:
        """Still to be answered."""
        return self.filter(state="waiting")

    def of_person(self, volunteer_id: int) -> Self:
        """About that volunteer's number."""
        return self.filter(volunteer_id=volunteer_id)


class MergeQuerySet(models.QuerySet["Merge"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Not undone."""
        return self.filter(undone_at__isnull=True)


class PairQuerySet(models.QuerySet["DuplicatePair"]):
    """Filters that compose."""

    def open(self) -> Self:
        """Not dismissed, and both entries still stand."""
        gone = ["merged", "erased"]
        return self.filter(dismissed_at__isnull=True).exclude(
            models.Q(first__state__in=gone) | models.Q(second__state__in=gone)
        )
