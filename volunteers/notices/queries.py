"""Reads of notices."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q

from volunteers.activities.queries import CALL_COLUMNS

if TYPE_CHECKING:
    from volunteers.notices.models import Delivery, Notice

__all__ = ["DeliveryQuerySet", "SentNoticeQuerySet"]


class SentNoticeQuerySet(models.QuerySet["Notice"]):
    """Filters that compose."""

    def of_activity(self, activity_id: int) -> Self:
        """Of that activity, with the shift."""
        return self.filter(activity=activity_id).select_related("shift")

    def since(self, moment: datetime) -> Self:
        """Sent since then."""
        return self.filter(sent_at__gte=moment)

    def with_readers(self) -> Self:
        """With ``told`` and ``looked``: to how many it went, and how many have looked at it."""
        return self.annotate(
            told=Count("deliveries"),
            looked=Count("deliveries", filter=Q(deliveries__looked_at__isnull=False)),
        )


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Filters that compose."""

    def of_person(self, volunteer_id: int | None) -> Self:
        """To that volunteer, with what volunteers may read of activity and shift."""
        columns = [f"notice__activity__{column.removesuffix('_id')}" for column in CALL_COLUMNS]
        mine = self.filter(volunteer=volunteer_id or 0)
        return mine.select_related("notice__shift", "notice__activity__committee").only(
            "id",
            "looked_at",
            *(f"notice__{name}" for name in ("title", "text", "shift")),
            *(f"notice__{name}" for name in ("sent_by_label", "sent_at", "activity")),
            "notice__shift__starts_at",
            "notice__shift__ends_at",
            "notice__activity__committee__name",
            *columns,
        )

    def unread(self) -> Self:
        """Not looked at yet."""
        return self.filter(looked_at__isnull=True)
