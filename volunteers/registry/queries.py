"""Reads of the registry."""

from __future__ import annotations

from datetime import date
from typing import TYPE_CHECKING, Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.crypto.blind_index import IDENTITY_NUMBER, PHONE, possible_blind_indexes
from core.identity.ages import latest_birth_date
from core.tenancy.keys import CHARACTERS_PER_TIER, tier_of
from core.web.lookups import BeginsWith

if TYPE_CHECKING:
    from volunteers.registry.models import (
        RevealApproval,
        Volunteer,
        VolunteerIdentity,
    )

__all__ = [
    "AgeBand",
    "ClaimBand",
    "HoursBand",
    "IdentityQuerySet",
    "PauseBand",
    "RevealApprovalQuerySet",
    "VolunteerQuerySet",
    "tier_filter",
]

_BEGINS = BeginsWith.lookup_name


def tier_filter(path: str) -> Q:
    """Rows of a tiered table at or below ``path``, as an equality with the tier's column."""
    if not path:
        return Q(pk__in=[])
    tier = tier_of(path)
    column = f"tier{tier}" if len(path) < CHARACTERS_PER_TIER * 4 else "committee_id"
    return Q(**{column: path})


class ClaimBand(models.TextChoices):
    """What the person has said of an entry that others made."""

    UNCLAIMED = "unclaimed", _("not claimed")
    DISOWNED = "disowned", _("disowned by the person")


class PauseBand(models.TextChoices):
    """What became of a pause."""

    OVER = "over", _("pause over by what was expected")


class HoursBand(models.TextChoices):
    """This year's hours beside what the province expects."""

    BELOW = "below", _("below the minimum this year")


class AgeBand(models.TextChoices):
    """Ages in full years that the rules and the figures tell apart."""

    UNDER_14 = "0-13", _("under 14")
    YOUTH = "14-17", _("14–17")
    YOUNG = "18-35", _("18–35")
    MIDDLE = "36-59", _("36–59")
    OLD = "60-", _("60 and over")

    @property
    def ages(self) -> tuple[int, int | None]:
        """The youngest and the oldest age of the band, both included."""
        youngest, oldest = self.value.split("-")
        return int(youngest), int(oldest) if oldest else None


# A list has fifty rows, and each column costs as many conversions.
_LISTED = (
    "committee",
    "number",
    "name",
    "gender",
    "birth_date",
    "phone_mask",
    "identity_mask",
    "registered_on",
    "source",
    "state",
)


class VolunteerQuerySet(models.QuerySet["Volunteer"]):
    """Filters that compose."""

    def below(self, path: str) -> Self:
        """Of that committee or one under it; an empty key matches nothing.

        Entries that have been sealed away are nobody's any more.
        """
        return self.filter(tier_filter(path)).exclude(state="erased")

    def as_listed(self) -> Self:
        """With what a list's row shows; committees and claims in queries of their own."""
        return self.only(*_LISTED).with_committee().prefetch_related("claim")

    def with_committee(self) -> Self:
        """Brings the committees along, in a query of their own.

        Joined, the committees' policy makes the planner expect a few rows, and it sorts a whole
        county (60 ms) instead of walking the index to the newest fifty (0.3 ms).
        """
        return self.prefetch_related("committee")

    def standing(self) -> Self:
        """Without those that were merged into another entry."""
        return self.exclude(state="merged")

    def active(self) -> Self:
        """Those who serve."""
        return self.filter(state="active")

    def unclaimed(self) -> Self:
        """Brought in by an import, and the person has not said a word to it yet."""
        return self.filter(source="import", claim__isnull=True)

    def disowned(self) -> Self:
        """The person has said: this is not me."""
        return self.filter(claim__state="disowned")

    def in_state(self, state: str) -> Self:
        """Active, paused or withdrawn."""
        return self.filter(state=state)

    def back_by(self, day: date) -> Self:
        """Paused, and expected back by that day."""
        return self.filter(state="paused", back_on__lte=day)

    def aged(self, band: AgeBand, on: date) -> Self:
        """Whose age in full years on the day ``on`` lies in the band."""
        youngest, oldest = band.ages
        found = self.filter(birth_date__lte=latest_birth_date(youngest, on))
        if oldest is not None:
            found = found.filter(birth_date__gt=latest_birth_date(oldest + 1, on))
        return found

    def skilled(self, skill: str) -> Self:
        """With exactly that skill among theirs."""
        return self.filter(skills__contains=[skill])

    def named(self, beginning: str) -> Self:
        """Whose name begins so."""
        return self.filter(**{f"name__{_BEGINS}": beginning})

    def spelt(self, beginning: str) -> Self:
        """Whose pinyin or whose initials begin so: ``liuxia``, ``lxm``."""
        letters = beginning.lower()
        return self.filter(
            Q(**{f"spelling__{_BEGINS}": letters}) | Q(**{f"initials__{_BEGINS}": letters})
        )


class IdentityQuerySet(models.QuerySet["VolunteerIdentity"]):
    """Filters that compose; a whole value is compared, nothing is ever opened."""

    def with_number(self, number: str) -> Self:
        """The one whose document has that number, in its stored form."""
        return self.filter(number_index__in=possible_blind_indexes(number, purpose=IDENTITY_NUMBER))

    def with_phone(self, phone: str) -> Self:
        """Those reached at that telephone, in its stored form; a family may share one."""
        return self.filter(phone_index__in=possible_blind_indexes(phone, purpose=PHONE))


class RevealApprovalQuerySet(models.QuerySet["RevealApproval"]):
    """Filters that compose."""

    def asked(self) -> Self:
        """Waiting for a second person."""
        return self.filter(state="asked")

    def open(self) -> Self:
        """Waiting for an answer, or for the look that was approved."""
        return self.filter(state__in=["asked", "approved"])
