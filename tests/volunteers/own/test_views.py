"""The volunteer's own pages: own rows of every committee, and nobody else's."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.hours.models import CorrectionRequest, ServiceRecord
from volunteers.own.summary import own_hours
from volunteers.registry.models import IdentityReveal
from volunteers.registry.summary import AnnualMinimum

HOME = reverse("own:home")


def served(cast: Cast, on: date, minutes: int = 60, **fields: object) -> ServiceRecord:
    with as_owner():
        record: ServiceRecord = ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("441802"),
            served_on=on,
            during=None,
            minutes=minutes,
            **fields,
        )
    return record


@time_machine.travel("2026-11-22T04:00Z", tick=False)
def test_hours_are_summed_by_month_and_year(cast: Cast) -> None:
    served(cast, date(2026, 11, 1), 60)
    served(cast, date(2026, 11, 20), 120)
    served(cast, date(2026, 1, 31), 90)
    served(cast, date(2025, 12, 31), 30)
    served(cast, date(2024, 5, 1), 600)
    served(cast, date(2026, 11, 2), 45, state="submitted")
    served(cast, date(2026, 11, 3), 45, state="draft")
    served(cast, date(2026, 11, 4), 45, state="void", voided=True, void_reason="重复")
    with as_owner():
        elsewhere = ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("440606103"),
            served_on=date(2026, 10, 1),
            during=None,
            minutes=15,
        )
        ServiceRecordFactory(volunteer=VolunteerFactory(committee=elsewhere.committee))
    with acting_as(cast.person.scope):
        hours = own_hours(cast.volunteer.pk)
    assert (hours.total, hours.this_year, hours.waiting) == (915, 285, 45)
    months = [(f"{month.month:%Y-%m}", month.minutes, month.share) for month in hours.months]
    assert months[:2] == [("2026-11", 180, 100), ("2026-10", 15, 8)]
    assert months[-2:] == [("2026-01", 90, 50), ("2025-12", 30, 17)]


def test_home_shows_own_records_of_all_committees_and_nobody_elses(
    cast: Cast, client: Client
) -> None:
    with as_owner():
        ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("440606103"),
            activity_title="水乡清漂",
        )
        ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=cast.volunteer.committee),
            activity_title="别人的服务",
        )
    served(cast, date(2026, 5, 16), activity_title="未提交的草稿", state="draft")
    log_in(client, cast.person)
    page = client.get(HOME).content.decode()
    assert "水乡清漂" in page
    assert "北滘镇" in page
    assert "别人的服务" not in page
    assert "未提交的草稿" not in page


def test_home_without_records_says_what_to_do(cast: Cast, client: Client) -> None:
    log_in(client, cast.person)
    page = client.get(HOME)
    assert page.status_code == 200
    assert "empty-state" in page.content.decode()


def test_records_follow_by_day_and_grow_by_more(cast: Cast, client: Client) -> None:
    first = date(2026, 1, 1)
    made = [served(cast, first + timedelta(days=n // 2)) for n in range(45)]
    expected = sorted(made, key=lambda record: (record.served_on, record.pk), reverse=True)
    log_in(client, cast.person)
    page = client.get(HOME)
    found = list(page.context["records"])
    while page.context["next_url"]:
        page = client.get(page.context["next_url"], headers={"HX-Request": "true"})
        assert "<html" not in page.content.decode()
        found += page.context["records"]
    assert found == expected


@pytest.mark.parametrize("before", ["x", "2026-02-30.1", "2026-01-01", "2026-01-01.x"])
def test_position_that_makes_no_sense_begins_at_the_newest(
    cast: Cast, client: Client, before: str
) -> None:
    record = served(cast, date(2026, 5, 16))
    log_in(client, cast.person)
    assert list(client.get(HOME, {"before": before}).context["records"]) == [record]


@pytest.mark.parametrize("rows", [1, 3])
def test_home_costs_the_same_with_one_and_three_rows(cast: Cast, client: Client, rows: int) -> None:
    for n in range(rows):
        served(cast, date(2026, 5, 16) + timedelta(days=n))
    log_in(client, cast.person)
    client.get(HOME)
    with CaptureQueriesContext(connection) as queries:
        client.get(HOME)
    assert len(queries) == 23


def test_home_says_how_much_of_the_year_is_expected(cast: Cast, client: Client) -> None:
    served(cast, timezone.localdate(), minutes=90)
    log_in(client, cast.person)
    assert client.get(HOME).context["annual"] == AnnualMinimum(hours=20, minutes=90)


def test_record_of_somebody_else_is_not_there(cast: Cast, client: Client) -> None:
    with as_owner():
        other = ServiceRecordFactory(volunteer=VolunteerFactory(committee=cast.volunteer.committee))
    draft = served(cast, date(2026, 5, 16), state="draft")
    own = served(cast, date(2026, 5, 17))
    log_in(client, cast.person)
    for record, status in ((other, 404), (draft, 404), (own, 200)):
        assert client.get(reverse("own:record-detail", args=[record.pk])).status_code == status
        answer = client.post(
            reverse("own:correction-create", args=[record.pk]), {"message": "不对"}
        )
        assert answer.status_code == (302 if status == 200 else 404)


def test_staff_have_no_own_pages(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    assert client.get(HOME).status_code == 403
    assert client.get(reverse("own:profile")).status_code == 403


def test_what_is_not_right_is_asked_once_and_the_answer_read(cast: Cast, client: Client) -> None:
    record = served(cast, date(2026, 5, 16))
    log_in(client, cast.person)
    page, ask = (
        reverse(f"own:{n}", args=[record.pk]) for n in ("record-detail", "correction-create")
    )
    assert client.post(ask, {"message": "  "}).status_code == 422
    client.post(ask, {"message": "我服务了三个小时"})
    assert "我服务了三个小时" in client.get(page).content.decode()
    assert not client.get(page).context["may_ask"]
    assert client.post(ask, {"message": "再说一次"}).status_code == 422
    with as_owner():
        CorrectionRequest.objects.update(state="declined", answer="签到表为两小时")
    assert "签到表为两小时" in client.get(page).content.decode()
    assert client.get(page).context["may_ask"]


def test_profile_shows_masks_and_who_has_looked(cast: Cast, client: Client) -> None:
    with as_owner():
        IdentityReveal.objects.create(
            volunteer=cast.volunteer,
            committee=cast.volunteer.committee,
            field="number",
            reason="核对保险名单",
            user=cast.county_441802.user,
            user_label="county-441802（清城区）",
        )
    log_in(client, cast.person)
    page = client.get(reverse("own:profile")).content.decode()
    for words in ("4499**********0006", "199****0000", "核对保险名单", "county-441802（清城区）"):
        assert words in page


def test_home_says_what_was_answered_lately_and_then_no_more(cast: Cast, client: Client) -> None:
    with as_owner():
        record = ServiceRecordFactory(volunteer=cast.volunteer, activity_title="河小青巡河")
        CorrectionRequest.objects.create(
            committee_id=record.committee_id,
            record=record,
            volunteer=cast.volunteer,
            message="少了一小时",
            state="declined",
            answer="签到表如此",
            answered_at=timezone.now(),
        )
    log_in(client, cast.person)
    assert "签到表如此" in client.get(reverse("own:home")).content.decode()
    with as_owner():
        CorrectionRequest.objects.update(answered_at=timezone.now() - timedelta(days=31))
    assert "签到表如此" not in client.get(reverse("own:home")).content.decode()
