"""Rows of incentives: merchants, offers, redemptions, stars."""

from __future__ import annotations

from django.db.models import Model
from django.utils import timezone

from incentives.merchants.models import Branch, Merchant
from incentives.offers.models import Offer, OfferStock
from incentives.redemptions.models import Redemption, Till
from incentives.stars.models import StarAward, StarDue
from organizations.cashiers.models import Cashier
from tests.factories import MerchantFactory, OfferFactory
from tests.isolation.people import LATER, Maker, People, Place

__all__ = ["MAKERS"]


def _merchant_of(people: People, place: Place) -> Merchant:
    return Merchant.objects.get(contact_person=f"{place.mark}商", committee=people.committee)


def _merchant(people: People, place: Place, _number: int) -> Model:
    return MerchantFactory(
        committee=people.committee,
        name=f"{place.shared_mark}饭店",
        contact_person=f"{place.mark}商",
        agreement=f"{place.mark}约",
    )


def _branch(people: People, place: Place, _number: int) -> Model:
    return Branch.objects.create(
        committee=people.committee,
        merchant=_merchant_of(people, place),
        name=f"{place.shared_mark}店",
        address="横荷路",
    )


def _offer(people: People, place: Place, _number: int) -> Model:
    return OfferFactory(
        merchant=_merchant_of(people, place), title=f"{place.shared_mark}八折", stock=9
    )


def _offer_stock(people: People, place: Place, _number: int) -> Model:
    offer = Offer.objects.get(merchant=_merchant_of(people, place))
    return OfferStock.objects.create(committee=people.committee, offer=offer, taken=1)


def _cashier(people: People, place: Place, number: int) -> Model:
    merchant = _merchant_of(people, place)
    return Cashier.objects.create(
        committee=people.committee,
        merchant_id=merchant.pk,
        merchant_name=merchant.name,
        name=f"{place.mark}店员",
        user=people.user,
        token_digest=bytes([200 + number]) * 32,
        invited_by_label=f"{place.mark}请",
        expires_at=LATER,
        joined_at=timezone.now(),
    )


def _till(people: People, place: Place, number: int) -> Model:
    return Till.objects.create(
        committee=people.committee,
        merchant=_merchant_of(people, place),
        name=f"{place.mark}机",
        digest=bytes([100 + number]) * 32,
        issued_by_label=f"{place.mark}发",
    )


def _redemption(people: People, place: Place, _number: int) -> Model:
    offer = Offer.objects.get(merchant=_merchant_of(people, place))
    return Redemption.objects.create(
        committee=people.committee,
        offer=offer,
        merchant=offer.merchant,
        volunteer=people.volunteer,
        offer_title=offer.title,
        stars=0,
        step=1,
        redeemed_on=timezone.localdate(),
        by_label=f"{place.mark}核",
    )


def _star(people: People, place: Place, _number: int) -> Model:
    return StarAward.objects.create(
        committee=people.committee,
        volunteer=people.volunteer,
        stars=1,
        state="reached",
        minutes=6000,
        needed=6000,
        approval_tier=4,
        reason=f"{place.mark}星",
    )


def _star_due(people: People, _place: Place, _number: int) -> Model:
    return StarDue.objects.create(volunteer_id=people.volunteer.pk)


MAKERS: tuple[Maker, ...] = (
    _merchant,
    _branch,
    _offer,
    _offer_stock,
    _cashier,
    _till,
    _redemption,
    _star,
    _star_due,
)
