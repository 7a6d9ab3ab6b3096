"""Addresses of incentives: the alliance, the counter, a volunteer's benefits, stars."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from django.utils import timezone

from incentives.merchants.models import Branch, Merchant
from incentives.offers.models import Offer
from incentives.redemptions.models import Redemption, Till
from incentives.redemptions.summary.codes import person_code
from incentives.stars.models import StarAward
from organizations.cashiers.models import Cashier
from tests.database import as_owner
from tests.factories.incentives import credit_code
from tests.isolation.walk.judged import REFUSED, Judged, deed, form, page
from tests.isolation.walk.names import says
from tests.isolation.walk.things import Things, Walked

__all__ = ["JUDGED"]

_MERCHANT = {
    "name": "横荷饭店",
    "category": "meals",
    "licence": credit_code(9_999_999),
    "contact_person": "联系人",
    "contact_phone": "0763-0000000",
    "agreed_from": "2026-01-01",
    "agreed_until": "2099-12-31",
}
_BRANCH = {"name": "总店", "address": "横荷路"}
_OFFER = {
    "title": "正餐八折",
    "kind": "discount",
    "min_stars": "0",
    "starts_on": "2026-01-01",
    "ends_on": "2099-12-31",
}
_NONCE = UUID(int=7)


def a_merchant(walked: Walked, things: Things) -> dict[str, Any]:
    return {"merchant_id": walked.world.key(Merchant, things.place)}


def a_branch(walked: Walked, things: Things) -> dict[str, Any]:
    return {"branch_id": walked.world.key(Branch, things.place)}


def a_cashier(walked: Walked, things: Things) -> dict[str, Any]:
    return {"cashier_id": walked.world.key(Cashier, things.place)}


def a_till(walked: Walked, things: Things) -> dict[str, Any]:
    return {"till_id": walked.world.key(Till, things.place)}


def an_offer(walked: Walked, things: Things) -> dict[str, Any]:
    return {"offer_id": walked.world.key(Offer, things.place)}


def a_draft(walked: Walked, things: Things) -> dict[str, Any]:
    return _in_state(walked, things, "draft")


def a_submitted(walked: Walked, things: Things) -> dict[str, Any]:
    return _in_state(walked, things, "submitted")


def _in_state(walked: Walked, things: Things, state: str) -> dict[str, Any]:
    with as_owner():
        published = Offer.objects.get(pk=walked.world.key(Offer, things.place))
        made, _new = Offer.objects.get_or_create(
            merchant=published.merchant,
            committee=published.committee,
            state=state,
            defaults={
                "title": f"{things.place.mark}稿",
                "kind": "gift",
                "starts_on": published.starts_on,
                "ends_on": published.ends_on,
                "created_by_label": "录入",
            },
        )
    return {"offer_id": made.pk}


def a_redemption(walked: Walked, things: Things) -> dict[str, Any]:
    return {"redemption_id": walked.world.key(Redemption, things.place)}


def an_award(walked: Walked, things: Things) -> dict[str, Any]:
    return {"award_id": walked.world.key(StarAward, things.place)}


def an_award_chosen(walked: Walked, things: Things) -> dict[str, Any]:
    return {"selected": [walked.world.key(StarAward, things.place)]}


def a_code(walked: Walked, things: Things) -> dict[str, Any]:
    person = walked.world.people[things.place].volunteer.pk
    return {
        "offer": walked.world.key(Offer, things.place),
        "code": person_code(person, at=timezone.now()),
        "nonce": _NONCE,
    }


JUDGED: tuple[Judged, ...] = (
    page("alliance:merchant-list", "merchants.view"),
    form("alliance:merchant-create", "merchants.manage", data=says(**_MERCHANT)),
    page("alliance:merchant-detail", "merchants.view", a_merchant),
    form("alliance:merchant-edit", "merchants.manage", a_merchant, data=says(**_MERCHANT)),
    deed("alliance:merchant-suspend", "merchants.manage", a_merchant, data=says(reason="停业")),
    deed("alliance:merchant-resume", "merchants.manage", a_merchant, post=REFUSED),
    form("alliance:branch-create", "merchants.manage", a_merchant, data=says(**_BRANCH)),
    deed("alliance:branch-close", "merchants.manage", a_branch),
    # The link and the token are shown on the page that answers.
    deed(
        "alliance:cashier-invite",
        "merchants.manage",
        a_merchant,
        data=says(reason="店员"),
        post="200",
    ),
    deed("alliance:cashier-end", "merchants.manage", a_cashier),
    deed(
        "alliance:till-issue", "merchants.manage", a_merchant, data=says(reason="前台"), post="200"
    ),
    deed("alliance:till-revoke", "merchants.manage", a_till),
    deed(
        "alliance:redemption-reverse",
        "merchants.manage",
        a_redemption,
        data=says(reason="误核销"),
    ),
    form("alliance:offer-create", "offers.write", a_merchant, data=says(**_OFFER)),
    page("alliance:offer-list", "merchants.view", asks={"all=1": "200"}),
    page("alliance:offer-detail", "merchants.view", an_offer),
    form("alliance:offer-edit", "offers.write", a_draft, data=says(**_OFFER)),
    deed("alliance:offer-submit", "offers.write", a_draft),
    deed("alliance:offer-publish", "offers.review", a_submitted),
    deed("alliance:offer-return", "offers.review", a_submitted, data=says(reason="写明条件")),
    deed("alliance:offer-withdraw", "offers.review", an_offer, data=says(reason="停售")),
    form("counter:home", "counter.redeem", data=a_code, post="200"),
    deed("counter:redemption-create", "counter.redeem", data=a_code),
    page("counter:redemption-list", "counter.redeem"),
    deed("counter:redemption-reverse", "counter.redeem", a_redemption, data=says(reason="误核销")),
    page("benefits:own-benefits", "own.benefit"),
    page("benefits:own-code", "own.benefit"),
    page("benefits:own-code-next", "own.benefit"),
    page("benefits:own-used", "own.benefit"),
    page("stars:award-list", "stars.view", asks={"all=1": "200"}),
    deed("stars:award-approve", "stars.decide", data=an_award_chosen, foreign="302"),
    form("stars:award-decide", "stars.decide", an_award, data=says(holds="yes")),
)
