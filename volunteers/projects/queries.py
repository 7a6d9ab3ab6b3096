"""Reads of projects."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models

from core.tenancy.keys import ancestor_keys
from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from volunteers.projects.models import Project

__all__ = ["ProjectQuerySet"]


class ProjectQuerySet(models.QuerySet["Project"]):
    """Filters that compose."""

    def running_on(self, day: date) -> Self:
        """Not closed on that day."""
        return self.filter(models.Q(closed_on__isnull=True) | models.Q(closed_on__gt=day))

    def usable_by(self, path: str) -> Self:
        """Of that committee and of those above it; none for an empty key."""
        return self.filter(committee_id__in=ancestor_keys(path))

    def around(self, path: str) -> Self:
        """Usable by that committee, and those of committees below it."""
        return self.filter(models.Q(committee_id__in=ancestor_keys(path)) | at_or_below(path))

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))
