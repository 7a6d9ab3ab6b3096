"""Reads of leaderships."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from organizations.leaders.models import Leadership

__all__ = ["LeadershipQuerySet"]


class LeadershipQuerySet(models.QuerySet["Leadership"]):
    """Filters that compose."""

    def standing_for(self, volunteer_id: int | None) -> Self:
        """What that volunteer leads today."""
        return self.filter(volunteer_id=volunteer_id or 0, ended_at__isnull=True)
