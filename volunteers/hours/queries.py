"""Reads of service records."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from volunteers.registry.queries import tier_filter

if TYPE_CHECKING:
    from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord

__all__ = ["CorrectionQuerySet", "ServiceRecordQuerySet", "SheetQuerySet"]


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Recorded by that committee or one under it; an empty key matches nothing."""
        return self.filter(tier_filter(path))

    def standing(self) -> Self:
        """Not void."""
        return self.filter(voided=False)

    def awaiting_confirmation(self) -> Self:
        """Submitted by one person, to be confirmed by another."""
        return self.filter(state="submitted")

    def confirmed(self) -> Self:
        """Counted."""
        return self.filter(state="confirmed")

    def served_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(served_on__gte=first, served_on__lte=last)


class SheetQuerySet(models.QuerySet["HoursSheet"]):
    """Filters that compose."""


class CorrectionQuerySet(models.QuerySet["CorrectionRequest"]):
    """Filters that compose."""

    def open(self) -> Self:
        """Still to be answered."""
        return self.filter(state="open")
