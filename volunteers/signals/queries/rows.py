"""Querysets of signals and marks."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.signals.models import RecordSignal, UnseenSheet

__all__ = ["RecordSignalQuerySet", "UnseenSheetQuerySet"]


class RecordSignalQuerySet(models.QuerySet["RecordSignal"]):
    """Filters that compose."""

    def waiting(self) -> Self:
        """About records that await confirmation."""
        return self.filter(waiting=True)


class UnseenSheetQuerySet(models.QuerySet["UnseenSheet"]):
    """Filters that compose."""

    def of(self, sheet_id: int) -> Self:
        """Marks of one sheet."""
        return self.filter(sheet_id=sheet_id)
