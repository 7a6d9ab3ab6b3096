"""The first page: what waits, for whom."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import DjangoAssertNumQueries

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, UserFactory
from tests.volunteers.signups.arranging import call
from tests.volunteers.transfers.desk import asked
from volunteers.activities.models import Shift
from volunteers.hours.models import CorrectionRequest
from volunteers.transfers.domain import refuse_transfer

# Session's account, memberships, scope with its proof, four kinds of work, the month, the frame.
HOME_QUERIES = 15


def _wait(cast: Cast, count: int, **fields: object) -> None:
    with as_owner():
        for number in range(count):
            ServiceRecordFactory(
                volunteer=cast.volunteer,
                served_on=date(2026, 5, 1 + number),
                state="submitted",
                **fields,
            )


def _home(cast: Cast, client: Client, username: str) -> str:
    response = log_in(client, cast.actor(username)).get("/home/")
    assert response.status_code == 200
    return response.content.decode()


def test_confirmer_sees_what_waits(cast: Cast, client: Client) -> None:
    _wait(cast, 3)
    page = _home(cast, client, "county-441802")
    assert "3 张表 · 3 条" in page
    assert 'href="/hours/"' in page


def test_recorder_is_not_asked_to_confirm(cast: Cast, client: Client) -> None:
    _wait(cast, 3)
    assert "确认时长" not in _home(cast, client, "county-441802-recorder")


def test_activity_is_to_be_settled_once_its_last_shift_is_over(cast: Cast, client: Client) -> None:
    shift = call(cast)
    with as_owner():
        later = Shift.objects.create(
            activity=shift.activity,
            committee_id=shift.committee_id,
            starts_at=shift.ends_at,
            ends_at=shift.ends_at + timedelta(hours=1),
            places=1,
        )
    assert "待结算的活动" not in _home(cast, client, "county-441802-recorder")
    # The database's own clock decides, so the shifts are moved instead of the day.
    with as_owner():
        _end(shift)
    assert "待结算的活动" not in _home(cast, client, "county-441802-recorder"), "one is to come"
    with as_owner():
        _end(later)
    assert "待结算的活动" in _home(cast, client, "county-441802-recorder")
    assert "待结算的活动" not in _home(cast, Client(), "county-440606")


def _end(shift: Shift) -> None:
    ended = timezone.now() - timedelta(minutes=shift.pk % 2 + 1)
    Shift.objects.filter(pk=shift.pk).update(starts_at=ended - timedelta(hours=1), ends_at=ended)


def test_other_county_sees_nothing_waiting(cast: Cast, client: Client) -> None:
    _wait(cast, 3)
    page = _home(cast, client, "county-440606")
    assert "确认时长" not in page
    assert "目前没有待办事项" in page


def test_correction_request_is_the_committees(cast: Cast, client: Client) -> None:
    with as_owner():
        record = ServiceRecordFactory(volunteer=cast.volunteer)
        CorrectionRequest.objects.create(
            record=record,
            volunteer=cast.volunteer,
            committee=record.committee,
            message="时间不对",
        )
    assert "1 条 · 最早今天" in _home(cast, client, "county-441802")
    assert "1 条 · 最早今天" not in _home(cast, client, "county-440606")


def test_own_drafts_come_back(cast: Cast, client: Client) -> None:
    recorder = cast.recorder_441802
    with as_owner():
        sheet = HoursSheetFactory(committee=cast.committee("441802"))
        ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("441802"),
            sheet=sheet,
            state="draft",
            recorded_by=recorder.user,
        )
    assert "1 条尚未提交" in _home(cast, client, "county-441802-recorder")
    assert "尚未提交" not in _home(cast, client, "county-441802")


@pytest.mark.parametrize("rows", [1, 3])
def test_home_asks_a_fixed_number_of_queries(
    cast: Cast, client: Client, rows: int, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    _wait(cast, rows)
    _home(cast, client, "county-441802")
    with django_assert_num_queries(HOME_QUERIES):
        client.get("/home/")


@pytest.mark.parametrize(
    ("username", "leads_to"), [("county-441802", "/home/"), ("volunteer", "/own/")]
)
def test_start_leads_to_ones_own_page(
    cast: Cast, client: Client, username: str, leads_to: str
) -> None:
    response = log_in(client, cast.actor(username)).get("/")
    assert (response.status_code, response["Location"]) == (302, leads_to)


def test_start_leads_visitors_to_the_login(client: Client, db: None) -> None:
    assert client.get("/")["Location"] == "/accounts/login/"


def test_account_without_standing_is_told_what_to_do(client: Client, db: None) -> None:
    with as_owner():
        account = UserFactory()
    client.force_login(account, backend="django.contrib.auth.backends.ModelBackend")
    response = client.get("/")
    assert response.status_code == 200
    assert "邀请链接" in response.content.decode()


def test_answer_to_a_transfer_is_told_to_who_asked(cast: Cast, client: Client) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        refuse_transfer(transfer, actor=cast.county_440606, reason="查无此人")
    assert "近 14 天已答复的转出申请" in _home(cast, client, "county-441802")
    assert "近 14 天已答复的转出申请" not in _home(cast, client, "county-440606")
