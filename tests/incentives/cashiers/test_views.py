"""A link makes one account for one counter, and ends with it."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from incentives.cashiers.domain import end_cashier, invite_cashier
from organizations.cashiers.models import Cashier
from tests.cast import PASSWORD, Cast, log_in
from tests.database import as_owner
from tests.factories import MerchantFactory

pytestmark = pytest.mark.django_db
_GIVEN = {"name": "店员", "username": "shop-1", "password": PASSWORD}


def link_of(cast: Cast) -> tuple[Cashier, str]:
    with as_owner():
        merchant = MerchantFactory(committee=cast.committee("441802"))
    secretary = cast.county_441802
    with acting_as(secretary.scope):
        cashier, token = invite_cashier(merchant, actor=secretary, name="店员")
    return cashier, reverse("cashiers:counter-accept", args=[token])


def test_link_makes_one_account_once(cast: Cast, client: Client) -> None:
    cashier, link = link_of(cast)
    assert client.get(link).status_code == 200
    assert client.post(link, _GIVEN)["Location"] == "/"
    assert client.get("/")["Location"] == reverse("counter:home")
    assert Client().get(link).status_code == 410
    with as_owner():
        cashier.refresh_from_db()
        assert str(cashier.user) == "店员"
        assert not Cashier.objects.filter(user__volunteer_id__isnull=False).exists()


@pytest.mark.parametrize(
    "given", [{"username": "x"}, {"password": "1"}, {"username": "county-441802"}]
)
def test_what_does_not_fit_is_said(cast: Cast, client: Client, given: dict[str, str]) -> None:
    _cashier, link = link_of(cast)
    assert client.post(link, _GIVEN | given).status_code == 422
    with as_owner():
        assert Cashier.objects.get().user_id is None


def test_who_is_signed_in_signs_out_first(cast: Cast, client: Client) -> None:
    _cashier, link = link_of(cast)
    log_in(client, cast.person)
    assert client.post(link, _GIVEN).status_code == 200
    with as_owner():
        assert Cashier.objects.get().user_id is None


def test_link_that_was_ended_or_is_old_opens_nothing(cast: Cast, client: Client) -> None:
    cashier, link = link_of(cast)
    secretary = cast.county_441802
    with as_owner():
        Cashier.objects.update(expires_at=timezone.now() - timedelta(seconds=1))
    assert client.post(link, _GIVEN).status_code == 410
    with as_owner():
        Cashier.objects.update(expires_at=timezone.now() + timedelta(days=1))
    with acting_as(secretary.scope):
        end_cashier(cashier, actor=secretary)
    assert client.post(link, _GIVEN).status_code == 410
    with acting_as(secretary.scope), pytest.raises(Refusal):
        end_cashier(cashier, actor=secretary)
