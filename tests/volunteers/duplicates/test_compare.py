"""What the page that shows two entries side by side warns of."""

from __future__ import annotations

from datetime import date

import pytest
from django.test import Client
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import VolunteerFactory

WARNING = "很可能不是同一人"


@pytest.mark.parametrize(("born", "warned"), [(date(1990, 1, 1), False), (date(1990, 1, 2), True)])
def test_two_birth_dates_are_warned_of(
    cast: Cast, client: Client, born: date, warned: bool
) -> None:
    with as_owner():
        first, second = (
            VolunteerFactory(committee=cast.committee("441802"), birth_date=day, gender="female")
            for day in (date(1990, 1, 1), born)
        )
    address = reverse("duplicates:merge-compare", args=[first.number, second.number])
    page = log_in(client, cast.county_441802).get(address)
    assert (WARNING in page.content.decode()) is warned
