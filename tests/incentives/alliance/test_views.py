"""The office's way from an agreement to an offer that volunteers may use."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from incentives.merchants.models import Merchant
from incentives.offers.models import Offer, OfferStock
from incentives.redemptions.summary.usable import offers_for
from incentives.stars.domain import recount_stars
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import MerchantFactory
from tests.factories.incentives import credit_code
from tests.incentives.arranging import granted, offer_of

pytestmark = pytest.mark.django_db
_MERCHANT = {
    "name": "横荷饭店",
    "category": "meals",
    "licence": credit_code(7),
    "contact_person": "联系人",
    "contact_phone": "0763-0000000",
    "agreed_from": "2026-01-01",
    "agreed_until": "2099-12-31",
}
_OFFER = {
    "title": "正餐八折",
    "kind": "discount",
    "min_stars": "1",
    "min_hours": "6.5",
    "starts_on": "2026-01-01",
    "ends_on": "2099-12-31",
    "weekdays": ["1", "2", "3", "4", "5", "6", "7"],
    "stock": "50",
}


def test_merchant_offer_review_and_a_volunteer_reads_what_is_missing(
    cast: Cast, client: Client
) -> None:
    log_in(client, cast.county_441802)
    taken_in = client.post(reverse("alliance:merchant-create"), _MERCHANT)
    merchant = client.get(taken_in["Location"])
    assert "横荷饭店" in merchant.content.decode()
    key = int(taken_in["Location"].strip("/").rsplit("/", 1)[1])
    log_in(client, cast.recorder_441802)
    written = client.post(reverse("alliance:offer-create", args=[key]), _OFFER)
    offer = int(written["Location"].strip("/").rsplit("/", 1)[1])
    assert client.post(reverse("alliance:offer-submit", args=[offer])).status_code == 302
    assert client.post(reverse("alliance:offer-publish", args=[offer])).status_code == 403
    log_in(client, cast.county_441802)
    assert client.post(reverse("alliance:offer-publish", args=[offer])).status_code == 302
    with as_owner():
        made = Offer.objects.get()
        assert (made.state, made.min_minutes, made.stock) == ("published", 390, 50)
        assert OfferStock.objects.get().taken == 0
    with acting_as(cast.person.scope):
        (usable,) = offers_for(cast.volunteer.pk)
        assert len(usable.missing) == 2
    page = log_in(client, cast.person).get(reverse("benefits:own-benefits"))
    assert "6.5" in page.content.decode()


@pytest.mark.parametrize(
    ("more", "field"),
    [
        ({"licence": credit_code(7)[:-1] + "0"}, "licence"),
        ({"licence": "1" * 17}, "licence"),
        ({"agreed_until": "2025-12-31"}, "agreed_until"),
    ],
)
def test_wrong_facts_are_refused_beside_their_field(
    cast: Cast, client: Client, more: dict[str, str], field: str
) -> None:
    answer = log_in(client, cast.county_441802).post(
        reverse("alliance:merchant-create"), _MERCHANT | more
    )
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]


def test_a_licence_is_once_in_an_alliance(cast: Cast, client: Client) -> None:
    with as_owner():
        MerchantFactory(committee=cast.committee("440606"), licence=_MERCHANT["licence"])
    log_in(client, cast.county_441802)
    assert client.post(reverse("alliance:merchant-create"), _MERCHANT).status_code == 302
    assert client.post(reverse("alliance:merchant-create"), _MERCHANT).status_code == 422


def test_published_offer_is_not_rewritten(cast: Cast, client: Client) -> None:
    offer, _cashier = offer_of(cast)
    log_in(client, cast.county_441802)
    address = reverse("alliance:offer-edit", args=[offer.pk])
    assert client.post(address, _OFFER).status_code == 422


def test_suspended_merchant_grants_nothing_until_it_is_resumed(cast: Cast, client: Client) -> None:
    offer, _cashier = offer_of(cast)
    log_in(client, cast.county_441802)
    suspend = reverse("alliance:merchant-suspend", args=[offer.merchant_id])
    resume = reverse("alliance:merchant-resume", args=[offer.merchant_id])
    assert client.post(suspend, {"reason": ""}).status_code == 422
    assert client.post(suspend, {"reason": "停业整顿"}).status_code == 302
    with acting_as(cast.person.scope):
        assert offers_for(cast.volunteer.pk) == []
    client.post(resume)
    with acting_as(cast.person.scope):
        assert len(offers_for(cast.volunteer.pk)) == 1
    with as_owner():
        assert Merchant.objects.get().suspend_reason == ""


def test_stars_are_granted_from_the_list(cast: Cast, client: Client) -> None:
    award = granted(cast.volunteer, 1)
    with as_owner():
        type(award).objects.update(state="reached")
    log_in(client, cast.county_441802)
    listed = client.get(reverse("stars:award-list"))
    assert cast.volunteer.name in listed.content.decode()
    client.post(reverse("stars:award-approve"), {"selected": [award.pk]})
    with as_owner():
        award.refresh_from_db()
        assert (award.state, award.decided_by_label) == ("granted", cast.county_441802.label)
    assert recount_stars() == 0
