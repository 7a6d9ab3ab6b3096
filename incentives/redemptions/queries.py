"""Reads of redemptions and tills."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from incentives.redemptions.models import Redemption, Till

__all__ = ["RedemptionQuerySet", "TillQuerySet"]

# A merchant has no right to read whose it was.
_MERCHANTS_COLUMNS = (
    "offer_title", "stars", "is_late", "redeemed_at", "by_label", "reversed_at",
    "reversed_by_label", "reverse_reason",
)  # fmt: skip


class RedemptionQuerySet(models.QuerySet["Redemption"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Not reversed."""
        return self.filter(reversed_at__isnull=True)

    def of_merchant(self, merchant_id: int) -> Self:
        """Redeemed there, as the merchant may read them."""
        return self.filter(merchant=merchant_id).only(*_MERCHANTS_COLUMNS)

    def counts_of_person(
        self, volunteer_id: int, *, offers: Iterable[int], on: date
    ) -> dict[int, tuple[int, int, int]]:
        """How often a person used each offer: that day, in its month, in all."""
        mine = self.standing().filter(volunteer=volunteer_id, offer__in=offers)
        month = Q(redeemed_on__gte=on.replace(day=1), redeemed_on__lte=on)
        rows = (
            mine.order_by()
            .values_list("offer")
            .annotate(
                day=Count("pk", filter=Q(redeemed_on=on)),
                month=Count("pk", filter=month),
                ever=Count("pk"),
            )
        )
        return {offer: (day, in_month, ever) for offer, day, in_month, ever in rows}


class TillQuerySet(models.QuerySet["Till"]):
    """Filters that compose."""

    def valid(self) -> Self:
        """Not revoked."""
        return self.filter(revoked_at__isnull=True)
