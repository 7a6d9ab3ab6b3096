"""Reads of committees."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q

from core.tenancy.keys import AFTER_SUBTREE, ancestor_keys

if TYPE_CHECKING:
    from organizations.committees.models import Committee

__all__ = ["CommitteeQuerySet"]


class CommitteeQuerySet(models.QuerySet["Committee"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """The committee with that key and everything under it; an empty key matches nothing."""
        if not path:
            return self.none()
        return self.filter(path__gte=path, path__lt=path + AFTER_SUBTREE)

    def children_of(self, path: str) -> Self:
        """One tier down."""
        return self.filter(parent_id=path)

    def ancestors_of(self, path: str) -> Self:
        """From the province down to the committee itself."""
        return self.filter(path__in=ancestor_keys(path)).order_by("path")

    def existing_on(self, day: date) -> Self:
        """Those open on ``day``; the closing day itself no longer counts."""
        return self.filter(
            Q(opened_on__isnull=True) | Q(opened_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )
