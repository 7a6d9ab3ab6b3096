"""Reads of consents and requests."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import F, Q

from core.tenancy.keys import CHARACTERS_PER_TIER

if TYPE_CHECKING:
    from volunteers.privacy.models import Consent, ConsentText, PrivacyRequest

__all__ = ["ConsentQuerySet", "ConsentTextQuerySet", "PrivacyRequestQuerySet"]


class ConsentTextQuerySet(models.QuerySet["ConsentText"]):
    """Filters that compose."""

    def of_kind(self, kind: str) -> Self:
        """The person's own, or a guardian's."""
        return self.filter(kind=kind)

    def in_force(self, kind: str, path: str) -> ConsentText:
        """The text that holds for a committee: its province's latest, else the portal's own."""
        province = path[:CHARACTERS_PER_TIER]
        texts = self.of_kind(kind).filter(Q(committee=province) | Q(committee__isnull=True))
        return texts.order_by(F("committee").asc(nulls_last=True), "-version")[:1].get()


class ConsentQuerySet(models.QuerySet["Consent"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Neither withdrawn nor lapsed."""
        return self.filter(ended_at__isnull=True)

    def of_guardians(self) -> Self:
        """Given for a minor."""
        return self.filter(kind="guardian")

    def by_the_person(self) -> Self:
        """Given by the person."""
        return self.filter(kind="own")


class PrivacyRequestQuerySet(models.QuerySet["PrivacyRequest"]):
    """Filters that compose."""

    def open(self) -> Self:
        """Still to be answered, taken note of, or done."""
        return self.filter(state="open")

    def sealing(self) -> Self:
        """Those at whose end the entry is sealed away."""
        return self.filter(kind__in=["erasure", "disowned"])

    def due(self, day: date) -> Self:
        """Open erasures whose day has come."""
        return self.open().sealing().filter(due_on__lte=day)
