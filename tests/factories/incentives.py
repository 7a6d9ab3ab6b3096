"""Merchants, offers and what belongs to them."""

from __future__ import annotations

from datetime import date

import factory
from factory.django import DjangoModelFactory

from core.identity.credit_codes import credit_code_check
from incentives.merchants.models import Merchant
from incentives.offers.models import Offer

__all__ = ["MerchantFactory", "OfferFactory", "credit_code"]


def credit_code(number: int) -> str:
    """A valid code of an unassigned area."""
    body = f"91449900MA{number % 10_000_000:07d}"
    return body + credit_code_check(body)


class MerchantFactory(DjangoModelFactory[Merchant]):
    """A merchant whose agreement holds for years."""

    class Meta:
        model = Merchant

    name = factory.Sequence(lambda n: f"爱心商家{n}")
    category = "meals"
    licence = factory.Sequence(credit_code)
    contact_person = "联系人"
    contact_phone = "0763-0000000"
    agreed_from = date(2020, 1, 1)
    agreed_until = date(2099, 12, 31)


class OfferFactory(DjangoModelFactory[Offer]):
    """A published offer without limits."""

    class Meta:
        model = Offer

    merchant = factory.SubFactory(MerchantFactory)
    committee = factory.SelfAttribute("merchant.committee")
    title = factory.Sequence(lambda n: f"正餐八折{n}")
    kind = "discount"
    starts_on = date(2020, 1, 1)
    ends_on = date(2099, 12, 31)
    state = "published"
    created_by_label = "录入"
