"""What a volunteer reads of benefits."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.incentives.arranging import offer_of, redeemed

pytestmark = pytest.mark.django_db


def test_who_moves_goes_on_reading_what_was_used(cast: Cast, client: Client) -> None:
    used, cashier = offer_of(cast, title="正餐八折")
    redeemed(used, cashier, cast.volunteer)
    with as_owner():
        cast.volunteer.committee = cast.committee("440606103")
        cast.volunteer.save(update_fields=["committee"])
    log_in(client, cast.person)
    page = client.get(reverse("benefits:own-used")).content.decode()
    assert "正餐八折" in page
    assert used.merchant.name in page
    assert "正餐八折" not in client.get(reverse("benefits:own-benefits")).content.decode()
