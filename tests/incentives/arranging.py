"""What the tests of incentives arrange."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from incentives.offers.models import Offer, OfferStock
from incentives.redemptions.domain import Redeemed, redeem_here
from incentives.redemptions.summary.codes import person_code
from incentives.stars.models import StarAward
from organizations.accounts.actors import Actor
from tests.cast import Cast, cashier_of
from tests.database import as_owner
from tests.factories import MerchantFactory, OfferFactory, ServiceRecordFactory
from volunteers.registry.models import Volunteer

__all__ = ["granted", "offer_of", "outcome", "redeemed", "served"]


def offer_of(cast: Cast, code: str = "441802", **fields: Any) -> tuple[Offer, Actor]:
    """A published offer of a merchant of that committee, and a cashier of the merchant."""
    with as_owner():
        merchant = MerchantFactory(committee=cast.committee(code))
        offer = OfferFactory(merchant=merchant, **fields)
        if offer.stock is not None:
            OfferStock.objects.create(committee=offer.committee, offer=offer)
        return offer, cashier_of(merchant.pk)


def redeemed(offer: Offer, cashier: Actor, person: Volunteer, **more: Any) -> Redeemed:
    """The code that the person shows now, redeemed at the counter."""
    code = more.pop("code", "") or person_code(person.pk, at=timezone.now())
    with acting_as(cashier.scope):
        return redeem_here(
            code, offer=offer.pk, nonce=more.pop("nonce", uuid4()), actor=cashier, **more
        )


def outcome(offer: Offer, cashier: Actor, person: Volunteer, **more: Any) -> str:
    """What became of it: ``redeemed`` or the code of the refusal."""
    try:
        return redeemed(offer, cashier, person, **more).outcome
    except Refusal as refused:
        return refused.code


def served(person: Volunteer, minutes: int, on: date | None = None, **fields: Any) -> Any:
    """A confirmed record."""
    with as_owner():
        return ServiceRecordFactory(
            volunteer=person,
            committee=person.committee,
            served_on=on or timezone.localdate(),
            minutes=minutes,
            during=None,
            **{"state": "confirmed", "confirmed_at": timezone.now(), **fields},
        )


def granted(person: Volunteer, stars: int) -> StarAward:
    """A star that somebody has granted."""
    with as_owner():
        return StarAward.objects.create(
            committee=person.committee,
            volunteer=person,
            stars=stars,
            state="granted",
            minutes=6000 * stars,
            needed=6000 * stars,
            approval_tier=3,
        )
