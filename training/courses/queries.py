"""Reads of courses."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from core.tenancy.keys import ancestor_keys
from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from training.courses.models import Course

__all__ = ["CourseQuerySet"]


class CourseQuerySet(models.QuerySet["Course"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee and all under it; none for an empty key."""
        return self.filter(at_or_below(path))

    def published(self) -> Self:
        """Offered today."""
        return self.filter(state="published")

    def usable_by(self, path: str) -> Self:
        """Published by that committee or one above it; none for an empty key."""
        return self.published().filter(committee_id__in=ancestor_keys(path))
