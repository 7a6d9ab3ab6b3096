"""The year's minimum and the last change of state, as a person's page says them."""

from __future__ import annotations

import re
from datetime import date

import pytest
from django.test import Client

from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from tests.volunteers.registry.desk import at, text
from volunteers.registry.models import Volunteer


@pytest.mark.parametrize(
    ("minutes", "said"), [(1_199, "未达年度最低时长"), (1_200, "已达年度最低时长")]
)
def test_year_is_compared_with_what_is_expected(
    desk: Client, known: Volunteer, minutes: int, said: str
) -> None:
    with as_owner():
        ServiceRecordFactory(
            volunteer=known, served_on=date(2026, 3, 1), minutes=minutes, during=None
        )
    assert said in text(desk.get(at("volunteer-detail", known)))


def test_pause_offers_reasons_and_says_since_when_and_why(desk: Client, known: Volunteer) -> None:
    assert "外出学习或工作" in text(desk.get(at("volunteer-detail", known)))
    desk.post(at("volunteer-state", known, "pause"), {"reason": "外出学习或工作：9 月回来"})
    page = text(desk.get(at("volunteer-detail", known)))
    # By the database's clock, which does not travel.
    assert re.search(r"\d{4}-\d\d-\d\d 起", page)
    assert "外出学习或工作：9 月回来" in page
