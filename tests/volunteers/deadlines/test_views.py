"""The statutory clock's page and its line on the home page."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from volunteers.hours.models import ServiceRecord

PAGE = reverse("deadlines:deadline-list")
# Monday, 1 June 2026: due that day is what was served on 18 May.
TODAY = "2026-06-01 10:00+08:00"


def a_record(cast: Cast, code: str, served_on: date, state: str = "draft") -> ServiceRecord:
    committee = cast.committee(code)
    with as_owner():
        record: ServiceRecord = ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=committee),
            sheet=HoursSheetFactory(committee=committee),
            served_on=served_on,
            state=state,
            recorded_at=datetime(2026, 5, 20, tzinfo=UTC),
        )
    return record


@time_machine.travel(TODAY, tick=False)
def test_page_lists_what_is_late_and_what_is_due_soon(cast: Cast, client: Client) -> None:
    late = a_record(cast, "441802009", date(2026, 5, 15))
    today = a_record(cast, "441802009", date(2026, 5, 18))
    soon = a_record(cast, "441802009", date(2026, 5, 21))
    a_record(cast, "441802009", date(2026, 5, 22))
    a_record(cast, "440606103", date(2026, 5, 15))
    waiting = a_record(cast, "441802103", date(2026, 5, 14), state="submitted")
    log_in(client, cast.county_441802)
    context = client.get(PAGE).context
    drafts = [(row.open.sheet_id, row.open.left, row.open.is_late) for row in context["drafts"]]
    assert drafts == [
        (late.sheet_id, -1, True),
        (today.sheet_id, 0, False),
        (soon.sheet_id, 3, False),
    ]
    assert [row.open.sheet_id for row in context["waiting"]] == [waiting.sheet_id]
    assert context["drafts"][0].open.due_on == date(2026, 5, 29)
    assert context["drafts"][0].committee == cast.committee("441802009")
    log_in(client, cast.county_440606)
    assert len(client.get(PAGE).context["drafts"]) == 1


@time_machine.travel(TODAY, tick=False)
def test_home_says_how_many_working_days_are_left(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    client.cookies["django_language"] = "zh-hans"
    assert PAGE not in client.get(reverse("home:home")).content.decode()
    a_record(cast, "441802009", date(2026, 5, 20))
    page = client.get(reverse("home:home")).content.decode()
    assert "1 张表还剩 2 个工作日" in page
    a_record(cast, "441802009", date(2026, 5, 1))
    assert "1 张表已超时" in client.get(reverse("home:home")).content.decode()


@pytest.mark.parametrize("rows", [1, 3])
def test_page_costs_the_same_with_one_and_three_rows(cast: Cast, client: Client, rows: int) -> None:
    for _row in range(rows):
        a_record(cast, "441802009", date(2026, 5, 1))
        a_record(cast, "441802009", date(2026, 5, 1), state="submitted")
    log_in(client, cast.county_441802)
    client.get(PAGE)
    with CaptureQueriesContext(connection) as queries:
        assert client.get(PAGE).status_code == 200
    assert len(queries) == 11
