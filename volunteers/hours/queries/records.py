"""Reads of service records."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.backends.postgresql.psycopg_any import DateTimeTZRange
from django.utils import timezone

from volunteers.registry.queries import tier_filter

if TYPE_CHECKING:
    from volunteers.hours.models import CorrectionRequest, HoursSheet, ServiceRecord

__all__ = ["CorrectionQuerySet", "ServiceRecordQuerySet", "SheetQuerySet", "clock_of"]


# A list has fifty rows, and each column costs as many conversions.
_LISTED = (
    "committee",
    "volunteer_name",
    "volunteer_number",
    "activity_title",
    "kind",
    "served_on",
    "during",
    "minutes",
    "source",
    "state",
)


def clock_of(during: DateTimeTZRange | None) -> tuple[str, str]:
    """Start and end of a stretch as ``("14:00", "16:00")``; empty where they are not known."""
    if during is None or during.lower is None or during.upper is None:
        return "", ""
    zone = timezone.get_current_timezone()
    start, end = during.lower.astimezone(zone), during.upper.astimezone(zone)
    # A hundred times a page, and strftime takes twice as long.
    return start.isoformat(timespec="minutes")[11:16], end.isoformat(timespec="minutes")[11:16]


class ServiceRecordQuerySet(models.QuerySet["ServiceRecord"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Recorded by that committee or one under it; an empty key matches nothing."""
        return self.filter(tier_filter(path))

    def standing(self) -> Self:
        """Not void."""
        return self.filter(voided=False)

    def awaiting_confirmation(self) -> Self:
        """Submitted by one person, to be confirmed by another."""
        return self.filter(state="submitted")

    def confirmed(self) -> Self:
        """Counted."""
        return self.filter(state="confirmed")

    def as_listed(self) -> Self:
        """With what a list's row shows, and with the committees, in a query of their own."""
        return self.only(*_LISTED).prefetch_related("committee")

    def with_ids(self, ids: Sequence[int]) -> Self:
        """Exactly those."""
        return self.filter(pk__in=ids)

    def overlapping(self, volunteer_id: int, during: DateTimeTZRange | None) -> Self:
        """Standing records of that volunteer that share time with ``during``."""
        return self.standing().filter(volunteer_id=volunteer_id, during__overlap=during)

    def served_between(self, first: date, last: date) -> Self:
        """Both days included."""
        return self.filter(served_on__gte=first, served_on__lte=last)


class SheetQuerySet(models.QuerySet["HoursSheet"]):
    """Filters that compose."""

    def locked(self) -> Self:
        """Held until the transaction ends. Everybody locks a sheet before its records."""
        return self.select_for_update(no_key=True)

    def entered_with_help_of(self, account: int | None) -> Self:
        """Those that the account took part in, whoever submitted them."""
        return self.none() if account is None else self.filter(hands__contains=[account])


class CorrectionQuerySet(models.QuerySet["CorrectionRequest"]):
    """Filters that compose."""

    def open(self) -> Self:
        """Still to be answered."""
        return self.filter(state="open")
