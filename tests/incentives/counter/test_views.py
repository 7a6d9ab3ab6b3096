"""The counter: a code is looked at, redeemed with one tap, and taken back with a reason."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from incentives.redemptions.models import Redemption
from incentives.redemptions.summary.codes import code_text, person_code
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import OfferFactory
from tests.incentives.arranging import offer_of, redeemed

pytestmark = pytest.mark.django_db


def test_code_is_looked_at_and_redeemed_with_one_tap(cast: Cast, client: Client) -> None:
    offer, cashier = offer_of(cast, title="正餐八折")
    log_in(client, cashier)
    assert client.get("/")["Location"] == reverse("counter:home")
    typed = code_text(person_code(cast.volunteer.pk, at=timezone.now())).lower()
    asked = {"offer": offer.pk, "code": typed, "nonce": uuid4()}
    seen = client.post(reverse("counter:home"), asked)
    assert seen.status_code == 200
    assert "正餐八折" in seen.content.decode()
    assert cast.volunteer.name not in seen.content.decode()
    with as_owner():
        assert not Redemption.objects.exists()
    for _twice in range(2):
        assert client.post(reverse("counter:redemption-create"), asked).status_code == 302
    with as_owner():
        assert Redemption.objects.count() == 1


def test_refusal_says_why_and_keeps_what_was_typed(cast: Cast, client: Client) -> None:
    offer, cashier = offer_of(cast)
    log_in(client, cashier)
    asked = {"offer": offer.pk, "code": "ABCD EFGH JKMN PQRS", "nonce": uuid4()}
    answer = client.post(reverse("counter:home"), asked)
    assert answer.status_code == 422
    assert "ABCD EFGH JKMN PQRS" in answer.content.decode()


def test_counter_without_an_offer_says_whom_to_ask(cast: Cast, client: Client) -> None:
    _offer, cashier = offer_of(cast, state="draft")
    answer = log_in(client, cashier).get(reverse("counter:home"))
    assert 'name="code"' not in answer.content.decode()
    assert "empty" in answer.content.decode()


def test_redemption_is_reversed_with_a_reason(cast: Cast, client: Client) -> None:
    offer, cashier = offer_of(cast)
    redeemed(offer, cashier, cast.volunteer)
    with as_owner():
        made = Redemption.objects.get()
    log_in(client, cashier)
    address = reverse("counter:redemption-reverse", args=[made.pk])
    assert client.post(address, {"reason": " "}).status_code == 422
    assert client.post(address, {"reason": "误核销"}).status_code == 302
    with as_owner():
        assert Redemption.objects.get().reverse_reason == "误核销"


def test_ended_access_is_refused_at_once(cast: Cast, client: Client) -> None:
    _offer, cashier = offer_of(cast)
    log_in(client, cashier)
    assert client.get(reverse("counter:home")).status_code == 200
    with as_owner():
        assert cashier.cashier is not None
        type(cashier.cashier).objects.update(ended_at=timezone.now())
    assert client.get(reverse("counter:home")).status_code == 403


@pytest.mark.parametrize("rows", [1, 3])
def test_lists_cost_the_same_for_one_row_and_three(cast: Cast, client: Client, rows: int) -> None:
    offer, cashier = offer_of(cast)
    for number in range(rows):
        at = timezone.now() - timedelta(seconds=30 * number)
        redeemed(offer, cashier, cast.volunteer, code=person_code(cast.volunteer.pk, at=at))
        with as_owner():
            OfferFactory(merchant=offer.merchant, stock=9)
    pages = (
        (cashier, reverse("counter:home"), 10),
        (cashier, reverse("counter:redemption-list"), 9),
        (cast.person, reverse("benefits:own-used"), 8),
        (cast.person, reverse("benefits:own-benefits"), 15),
        (cast.county_441802, reverse("alliance:merchant-list"), 7),
        (cast.county_441802, reverse("alliance:merchant-detail", args=[offer.merchant_id]), 12),
        (cast.county_441802, reverse("alliance:offer-list") + "?all=1", 7),
    )
    counted = []
    for actor, address, _queries in pages:
        log_in(client, actor)
        client.get(address)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(address).status_code == 200
        counted.append(len(asked))
    assert counted == [queries for _actor, _address, queries in pages]
