"""Reads of merchants."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from incentives.merchants.models import Branch, Merchant

__all__ = ["BranchQuerySet", "MerchantQuerySet"]


class MerchantQuerySet(models.QuerySet["Merchant"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))

    def granting_on(self, day: date) -> Self:
        """Not suspended, and with an agreement that holds that day."""
        return self.filter(suspended_at__isnull=True, agreed_from__lte=day, agreed_until__gte=day)


class BranchQuerySet(models.QuerySet["Branch"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Not closed."""
        return self.filter(closed_at__isnull=True)
