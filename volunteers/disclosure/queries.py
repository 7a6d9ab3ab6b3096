"""Reads of disclosures."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Count, Max, Min
from django.db.models.functions import Now

if TYPE_CHECKING:
    from volunteers.disclosure.models import Disclosure

__all__ = ["DisclosureQuerySet"]


class DisclosureQuerySet(models.QuerySet["Disclosure"]):
    """Filters that compose."""

    def asked(self) -> Self:
        """Waiting for a second person."""
        return self.filter(state="asked")

    def open_now(self) -> Self:
        """Approved, and the time is not over."""
        return self.filter(state="open", expires_at__gt=Now())

    def of_user(self, user_id: int | None) -> Self:
        """Asked for by that account."""
        return self.filter(asked_by=user_id)

    def declined_since(self, moment: datetime) -> Self:
        """Answered with no, lately."""
        return self.filter(state="declined", answered_at__gte=moment)

    def asked_in(self, year: int) -> Self:
        """Asked for in that year of the portal's time."""
        return self.filter(asked_at__year=year)

    def with_looks(self) -> Self:
        """Adds ``looked`` (how often), ``first_look`` and ``last_look``."""
        return self.annotate(
            looked=Count("looks"), first_look=Min("looks__at"), last_look=Max("looks__at")
        )
