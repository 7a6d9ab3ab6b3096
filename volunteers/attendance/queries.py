"""Reads of attendance."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

if TYPE_CHECKING:
    from volunteers.attendance.models import Attendance

__all__ = ["AttendanceQuerySet"]


class AttendanceQuerySet(models.QuerySet["Attendance"]):
    """Filters that compose."""

    def of_activity(self, activity_id: int) -> Self:
        """Of all shifts of that activity."""
        return self.filter(shift__activity=activity_id)

    def who_served(self) -> Self:
        """Of people whose time counts."""
        return self.filter(mark__in=["came", "late"])
