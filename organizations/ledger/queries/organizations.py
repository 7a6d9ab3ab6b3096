"""Reads of organisations."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import BooleanField, DateField, F, Func, Q, Value

from organizations.committees.queries import at_or_below

if TYPE_CHECKING:
    from organizations.ledger.models import Organization

__all__ = ["OrganizationQuerySet"]


class OrganizationQuerySet(models.QuerySet["Organization"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing."""
        return self.filter(at_or_below(path))

    def named(self) -> Self:
        """With the columns that everybody may read; the others fail for who is not staff."""
        return self.only("committee_id", "name", "kind", "founded_on", "closed_on")

    def in_tree_order(self, *, after: str = "") -> Self:
        """By committee, in the order of the tree; those past the position ``KEY.ID``."""
        path, _point, number = after.partition(".")
        found = self.order_by("committee_id", "pk")
        if not (path.isalnum() and number.isdecimal() and len(number) <= 18):
            return found
        same = Q(committee_id=path, pk__gt=int(number))
        return found.filter(same | Q(committee_id__gt=path))

    def active_on(self, day: date) -> Self:
        """Founded and not closed on ``day``."""
        return self.filter(
            Q(founded_on__isnull=True) | Q(founded_on__lte=day),
            Q(closed_on__isnull=True) | Q(closed_on__gt=day),
        )

    def closed_by(self, day: date) -> Self:
        """Closed on ``day`` or before."""
        return self.filter(closed_on__lte=day)

    def standardised_on_day(self, day: date) -> Self:
        """Active and standardised on ``day``."""
        return self.active_on(day).filter(_standardised(day))

    def not_standardised_on_day(self, day: date) -> Self:
        """Active, and not or no longer standardised on ``day``."""
        standardised = self.model.objects.filter(_standardised(day)).values("pk")
        return self.active_on(day).exclude(pk__in=standardised)


def _standardised(day: date) -> Q:
    lasting = Q(standardised_until__isnull=True) | Q(standardised_until__gt=day)
    return Q(standardised_on__lte=day) & lasting | Q(_in_earlier_standard(day))


def _in_earlier_standard(day: date) -> Func:
    stretches = Func(F("earlier_standards"), function="ANY")
    return Func(
        Value(day, DateField()),
        stretches,
        template="(%(expressions)s)",
        arg_joiner=" <@ ",
        output_field=BooleanField(),
    )
