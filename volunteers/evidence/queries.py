"""Reads of evidence."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING, Self
from uuid import UUID

from django.db import models
from django.db.models import Count, Q

if TYPE_CHECKING:
    from volunteers.evidence.models import EvidenceFile

__all__ = ["EvidenceQuerySet"]


class EvidenceQuerySet(models.QuerySet["EvidenceFile"]):
    """Filters that compose."""

    def standing(self) -> Self:
        """Not removed."""
        return self.filter(removed_at__isnull=True)

    def of_bundle(self, bundle: UUID) -> Self:
        """What stands in a bundle, in the order in which it came."""
        return self.standing().filter(bundle=bundle).order_by("uploaded_at", "pk")

    def counts_of(self, bundles: Iterable[UUID]) -> dict[UUID, int]:
        """How many files stand in each bundle; bundles without any are left out. One query."""
        found = self.standing().filter(bundle__in=set(bundles)).order_by()
        return dict(found.values_list("bundle").annotate(files=Count("pk")))

    def with_bytes(self, keys: Iterable[UUID]) -> Self:
        """Of these keys, the files whose bytes are still kept."""
        return self.filter(pk__in=list(keys), swept_at__isnull=True)

    def to_sweep(self, *, removed_before: datetime, uploaded_before: datetime) -> Self:
        """Whose bytes may go: removed long ago, or old and perhaps held by nothing."""
        return self.filter(
            Q(removed_at__lt=removed_before)
            | Q(held=False, removed_at__isnull=True, uploaded_at__lt=uploaded_before),
            swept_at__isnull=True,
        )
