"""Reads of scans."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Max, Min, Q

if TYPE_CHECKING:
    from volunteers.checkins.models import CheckIn, DoorDevice

__all__ = ["CheckInQuerySet", "DoorDeviceQuerySet", "Scans"]


@dataclass(frozen=True, slots=True)
class Scans:
    """The first scan in and the last one out of a sign-up; None where there is none."""

    came_at: datetime | None = None
    left_at: datetime | None = None


class DoorDeviceQuerySet(models.QuerySet["DoorDevice"]):
    """Filters that compose."""

    def of_activity(self, activity_id: int) -> Self:
        """Of that activity, the newest first."""
        return self.filter(activity=activity_id).order_by("-pk")


class CheckInQuerySet(models.QuerySet["CheckIn"]):
    """Filters that compose."""

    def of_activity(self, activity_id: int) -> Self:
        """Of all shifts of that activity."""
        return self.filter(shift__activity=activity_id)

    def of_signups(self, signups: Iterable[int]) -> Self:
        """Of those sign-ups, by their keys."""
        return self.filter(signup__in=list(signups))

    def places(self) -> dict[int, str]:
        """By the key of the sign-up whether who came was at the place, as far as it was said."""
        said = self.filter(direction="in").exclude(where="").order_by("-at", "-pk")
        return dict(said.values_list("signup_id", "where"))

    def scans(self) -> Mapping[int, Scans]:
        """By the key of the sign-up; those that were not scanned are left out. One query."""
        rows = (
            self.values("signup_id")
            .annotate(
                came=Min("at", filter=Q(direction="in")), left=Max("at", filter=Q(direction="out"))
            )
            .order_by()
        )
        return {row["signup_id"]: Scans(row["came"], row["left"]) for row in rows}
