"""Reads of sessions and enrolments."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Q, Sum

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from training.sessions.models import Enrolment, Session

__all__ = ["EnrolmentQuerySet", "SessionQuerySet"]


class SessionQuerySet(models.QuerySet["Session"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))

    def to_come(self, moment: datetime) -> Self:
        """Not cancelled and not begun, the next one first."""
        return self.filter(cancelled_at__isnull=True, starts_at__gt=moment).order_by("starts_at")

    def counted(self) -> Self:
        """With ``placed`` and ``waiting``, as far as the reader may see enrolments."""
        return self.annotate(
            placed=Count(
                "enrolments",
                filter=Q(enrolments__state__in=["placed", "completed", "failed", "absent"]),
            ),
            waiting=Count("enrolments", filter=Q(enrolments__state__in=["waiting", "asked"])),
        )


class EnrolmentQuerySet(models.QuerySet["Enrolment"]):
    """Filters that compose."""

    def of_person(self, volunteer_id: int | None) -> Self:
        """Of that volunteer; none for None."""
        return self.filter(volunteer=volunteer_id or 0)

    def holding(self, day: date) -> Self:
        """Completed, and the qualification still valid that day."""
        valid = Q(valid_until__isnull=True) | Q(valid_until__gte=day)
        return self.filter(valid, state="completed")

    def minutes_trained(self) -> int:
        """All minutes of what was completed."""
        return int(self.aggregate(total=Sum("minutes", default=0))["total"])
