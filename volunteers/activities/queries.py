"""Reads of activities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.activities.models import Activity

__all__ = ["ActivityQuerySet"]


class ActivityQuerySet(models.QuerySet["Activity"]):
    """Filters that compose."""

    def in_state(self, state: str) -> Self:
        """Those in that state; all of them for an empty one."""
        return self.filter(state=state) if state else self

    def with_first_shift(self) -> Self:
        """With ``first_starts_at``, when the first shift begins, or None, and ``all_places``."""
        return self.annotate(
            first_starts_at=models.Min("shifts__starts_at"),
            all_places=models.Sum("shifts__places"),
        )
