"""Reads of families."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from organizations.family.models import FamilyTie

__all__ = ["FamilyTieQuerySet"]


class FamilyTieQuerySet(models.QuerySet["FamilyTie"]):
    """Filters that compose."""

    def standing_on(self, day: date) -> Self:
        """Neither ended nor outgrown on that day."""
        return self.filter(ended_at__isnull=True, until__gt=day)
