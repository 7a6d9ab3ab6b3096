"""What has been claimed and what disowned, counted apart."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Sum

from core.web.keyset import capped_count
from volunteers.hours.models import RecordState, ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.registry.queries import VolunteerQuerySet, tier_filter

__all__ = ["Claims", "claims_below", "disowned_entries"]


@dataclass(frozen=True, slots=True)
class Claims:
    """``unclaimed`` is exact up to the cap of lists; minutes are confirmed and disowned.

    The hours stay in the totals of who recorded them until somebody voids them; here stands how
    many of them somebody has said are not theirs.
    """

    unclaimed: int
    disowned: int
    minutes: int
    records: int


def claims_below(path: str) -> Claims:
    """Of the committee ``path`` and those under it; the hours are those recorded there."""
    disowned = Volunteer.objects.filter(tier_filter(path)).disowned()
    # By a subquery on the few who were disowned, whose records have an index of their own.
    hours = ServiceRecord.objects.filter(
        tier_filter(path), volunteer__claim__state="disowned", state=RecordState.CONFIRMED
    ).aggregate(minutes=Sum("minutes", default=0), records=Count("pk"))
    return Claims(
        unclaimed=capped_count(Volunteer.objects.below(path).unclaimed()),
        disowned=disowned.count(),
        minutes=hours["minutes"],
        records=hours["records"],
    )


def disowned_entries(path: str) -> VolunteerQuerySet:
    """The entries that were disowned, sealed away or not."""
    found = Volunteer.objects.filter(tier_filter(path)).disowned()
    return found.with_committee().prefetch_related("claim")
