"""Reads of exports."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.exports.models import Export

__all__ = ["ExportQuerySet"]


class ExportQuerySet(models.QuerySet["Export"]):
    """Filters that compose."""

    def of_user(self, user_id: int | None) -> Self:
        """Asked for by that account."""
        return self.filter(user_id=user_id)

    def kept(self, now: datetime) -> Self:
        """Whose file can still be had."""
        return self.exclude(file="").filter(expires_at__gt=now)

    def expired(self, now: datetime) -> Self:
        """Whose file has to go: past its time, or the access to the data was ended."""
        ended = models.Q(disclosure__state="ended")
        return self.exclude(file="").filter(models.Q(expires_at__lte=now) | ended)
