"""Reads of changes of many volunteers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count

if TYPE_CHECKING:
    from volunteers.bulk.models import BulkChange, BulkRow

__all__ = ["BulkChangeQuerySet", "BulkRowQuerySet"]


class BulkChangeQuerySet(models.QuerySet["BulkChange"]):
    """Filters that compose."""

    def titled(self) -> Self:
        """Brings along what the titles say."""
        return self.select_related("term").prefetch_related("destination", "committee")

    def of_user(self, user_id: int | None) -> Self:
        """Asked for by that account."""
        return self.filter(user_id=user_id)


class BulkRowQuerySet(models.QuerySet["BulkRow"]):
    """Filters that compose."""

    def in_outcome(self, outcome: str) -> Self:
        """Waiting, changed, left out, put back or not put back."""
        return self.filter(outcome=outcome)

    def counted(self) -> list[tuple[str, str, int]]:
        """Outcome, why and how many, the most frequent first; one query."""
        counted = self.order_by().values_list("outcome", "why").annotate(n=Count("pk"))
        return sorted(counted, key=lambda row: -row[2])
