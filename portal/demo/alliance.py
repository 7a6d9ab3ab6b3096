"""An alliance of the demonstration: three merchants, what they grant, and one at a counter."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from django.utils import timezone

from core.identity.credit_codes import credit_code_check
from core.tenancy.scope import Scope, acting_as
from incentives.cashiers.domain import accept_counter, invite_cashier
from incentives.merchants.domain import BranchFacts, MerchantFacts, add_branch, take_in_merchant
from incentives.merchants.models import Merchant
from incentives.offers.domain import OfferFacts, publish_offer, submit_offer, write_offer
from organizations.accounts.actors import Actor
from organizations.accounts.models import User

__all__ = ["grant_benefits"]

_YEAR = timedelta(days=365)


@dataclass(frozen=True, slots=True)
class _Shop:
    name: str
    category: str
    address: str
    latitude: float
    longitude: float
    offers: tuple[dict[str, Any], ...]


_SHOPS = (
    _Shop("清城北江饭店", "meals", "清城区北江二路", 23.6921, 113.0405, (
        {"title": "堂食正餐八折", "kind": "discount", "terms": "酒水除外，每桌用一次。",
         "per_day": 1},
        {"title": "二星志愿者免费早茶一份", "kind": "gift", "min_stars": 2, "per_month": 1,
         "stock": 200},
    )),
    _Shop("清城新华影城", "films", "清城区先锋中路", 23.6998, 113.0512, (
        {"title": "2D 电影票减 15 元", "kind": "fixed_sum", "per_month": 2, "min_minutes": 20 * 60},
        {"title": "周一至周四免费观影", "kind": "free_entry", "weekdays": [1, 2, 3, 4],
         "min_minutes": 100 * 60, "per_person": 3, "stock": 50},
    )),
    _Shop("清远书城", "culture", "清城区人民一路", 23.7022, 113.0301, (
        {"title": "图书七五折", "kind": "discount", "terms": "教材教辅除外。"},
    )),
)  # fmt: skip


def grant_benefits(*, secretary: Actor, cashier: str, password: str) -> None:
    """The county's merchants with published offers, one that waits for review, and an account
    ``cashier`` at the first one's counter. Once."""
    with acting_as(secretary.scope):
        if Merchant.objects.below(secretary.scope.committee).exists():
            return
        shops = [_take_in(shop, number, secretary) for number, shop in enumerate(_SHOPS)]
        waiting = OfferFacts(title="会员日文创九折", kind="discount", **_days())
        submit_offer(write_offer(shops[-1], waiting, actor=secretary), actor=secretary)
        _row, token = invite_cashier(shops[0], actor=secretary, name="前台收银")
    with acting_as(Scope.for_job("demonstration")):
        if not User.objects.filter(username=cashier).exists():
            accept_counter(token=token, username=cashier, name="前台收银", password=password)


def _days() -> dict[str, Any]:
    today = timezone.localdate()
    return {"starts_on": today, "ends_on": today + _YEAR}


def _take_in(shop: _Shop, number: int, actor: Actor) -> Merchant:
    # An area that is not assigned: these merchants do not exist.
    body = f"91449900MA{number:07d}"
    today = timezone.localdate()
    merchant = take_in_merchant(
        MerchantFacts(
            name=shop.name,
            category=shop.category,
            licence=body + credit_code_check(body),
            contact_person="值班经理",
            contact_phone="0763-3000000",
            # The last one's agreement ends soon.
            agreed_from=today - _YEAR,
            agreed_until=today + (timedelta(days=20) if shop == _SHOPS[-1] else _YEAR),
        ),
        actor=actor,
    )
    branch = BranchFacts(
        name="总店", address=shop.address, latitude=shop.latitude, longitude=shop.longitude
    )
    add_branch(merchant, branch, actor=actor)
    for given in shop.offers:
        offer = write_offer(merchant, OfferFacts(**_days(), **given), actor=actor)
        publish_offer(submit_offer(offer, actor=actor), actor=actor)
    return merchant
