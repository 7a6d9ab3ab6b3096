"""Reads of what is registered twice."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from core.crypto.blind_index import IDENTITY_NUMBER, blind_index

if TYPE_CHECKING:
    from volunteers.duplicates.models import ClashNotice, ClashRequest, DuplicatePair, Merge

__all__ = ["MergeQuerySet", "NoticeQuerySet", "PairQuerySet", "RequestQuerySet"]


class RequestQuerySet(models.QuerySet["ClashRequest"]):
    """Filters that compose."""

    def waiting(self) -> Self:
        """Nobody has answered yet."""
        return self.filter(state="waiting")

    def with_number(self, number: str) -> Self:
        """About that number, in its stored form."""
        return self.filter(number_index=blind_index(number, purpose=IDENTITY_NUMBER))


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
