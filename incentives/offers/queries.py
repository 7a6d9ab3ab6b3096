"""Reads of offers."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from incentives.offers.models import Offer

__all__ = ["OfferQuerySet"]


class OfferQuerySet(models.QuerySet["Offer"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))

    def awaiting_review(self) -> Self:
        """Handed in and not yet looked at."""
        return self.filter(state="submitted")

    def granted_on(self, day: date) -> Self:
        """Published, running that day, by a merchant that grants that day."""
        return self.filter(
            state="published",
            starts_on__lte=day,
            ends_on__gte=day,
            merchant__suspended_at__isnull=True,
            merchant__agreed_from__lte=day,
            merchant__agreed_until__gte=day,
        )
