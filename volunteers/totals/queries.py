"""Reads of totals."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db import models

if TYPE_CHECKING:
    from volunteers.totals.models import HoursTotal

__all__ = ["HoursTotalQuerySet"]


class HoursTotalQuerySet(models.QuerySet["HoursTotal"]):
    """Filters that compose."""
