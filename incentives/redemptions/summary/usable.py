"""What a volunteer may use now, and what is missing for the rest.

The function of the database that redeems decides; this says the same beforehand, in words. A test
holds both against each other.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils import timezone
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.web.figures import hours_text
from incentives.offers.models import Offer
from incentives.redemptions.models import Redemption
from incentives.stars.models import StarAward
from volunteers.own.summary import own_hours

__all__ = ["Usable", "offers_for"]


@dataclass(frozen=True, slots=True)
class Usable:
    """An offer, and what is missing until it can be used; nothing, where it can be."""

    offer: Offer
    missing: tuple[str, ...]

    @property
    def now(self) -> bool:
        """Whether it can be used at this moment."""
        return not self.missing


def offers_for(volunteer_id: int) -> list[Usable]:
    """All that run today for that volunteer, those to be used now first. Four queries."""
    today = timezone.localdate()
    offers = list(
        Offer.objects.granted_on(today)
        .select_related("merchant", "counted")
        .defer(*_NOT_THE_VOLUNTEERS)
        .order_by("merchant__name", "pk")
    )
    counts = Redemption.objects.counts_of_person(
        volunteer_id, offers=[each.pk for each in offers], on=today
    )
    standing = _Standing(
        stars=StarAward.objects.held_by(volunteer_id),
        minutes=own_hours(volunteer_id).this_year,
    )
    found = [
        Usable(each, tuple(_missing(each, standing, counts.get(each.pk, (0, 0, 0)))))
        for each in offers
    ]
    return sorted(found, key=lambda each: not each.now)


_NOT_THE_VOLUNTEERS = tuple(
    f"merchant__{name}"
    for name in ("licence", "contact_person", "contact_phone", "agreement", "suspend_reason")
)


@dataclass(frozen=True, slots=True)
class _Standing:
    stars: int
    minutes: int


def _missing(offer: Offer, standing: _Standing, used: tuple[int, int, int]) -> Iterator[str]:
    if standing.stars < offer.min_stars:
        lacking = offer.min_stars - standing.stars
        yield ngettext("{n} star more", "{n} stars more", lacking).format(n=lacking)
    if standing.minutes < offer.min_minutes:
        hours = hours_text(offer.min_minutes - standing.minutes)
        yield _("{hours} hours more this year").format(hours=hours)
    if offer.weekdays and timezone.localdate().isoweekday() not in offer.weekdays:
        yield _("not on this day of the week")
    yield from _used_up(offer, used)


def _used_up(offer: Offer, used: tuple[int, int, int]) -> Iterator[str]:
    day, month, ever = used
    if offer.per_person is not None and ever >= offer.per_person:
        yield _("used as often as it may be")
    elif offer.per_month is not None and month >= offer.per_month:
        yield _("used this month as often as it may be")
    elif offer.per_day is not None and day >= offer.per_day:
        yield _("used today as often as it may be")
    counted = getattr(offer, "counted", None)
    if offer.stock is not None and counted is not None and counted.taken >= offer.stock:
        yield _("used up")
