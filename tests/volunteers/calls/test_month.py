"""What is on by month: days, how many of a day are named, and what may be turned to."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
import time_machine
from django.core.cache import caches
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import call
from volunteers.activities.models import Shift
from volunteers.projects.models import Project

pytestmark = pytest.mark.django_db
MONTH, LIST = reverse("calls:call-month"), reverse("calls:call-list")
HERE = ZoneInfo("Asia/Shanghai")


@pytest.fixture(autouse=True)
def _nothing_remembered() -> None:
    caches["process"].clear()


@pytest.fixture(autouse=True)
def _in_november() -> Any:
    with time_machine.travel(datetime(2026, 11, 10, 8, tzinfo=HERE), tick=False):
        yield


def shift_at(cast: Cast, month: int, day: int, hour: int, **fields: Any) -> Shift:
    shift = call(cast, **fields)
    starts_at = datetime(2026, month, day, hour, tzinfo=HERE)
    with as_owner():
        ends_at = starts_at + timedelta(hours=2)
        Shift.objects.filter(pk=shift.pk).update(starts_at=starts_at, ends_at=ends_at)
    return shift


def shown(client: Client, **asked: Any) -> dict[str, list[str]]:
    """By day what is named there; days without anything left out."""
    month = client.get(MONTH, asked).context["month"]
    days = [day for week in month["weeks"] for day in week]
    return {
        day["text"]: [f"{each.clock} {each.title}" for each in day["entries"]]
        for day in days
        if day["entries"]
    }


def test_shifts_stand_on_the_day_on_which_they_begin(cast: Cast, client: Client) -> None:
    shift_at(cast, 11, 14, 9, title="早")
    shift_at(cast, 11, 14, 23, title="夜")
    shift_at(cast, 12, 5, 9, title="下月初，十一月末周之内")
    shift_at(cast, 12, 7, 9, title="十二月")
    shift_at(cast, 11, 9, 9, title="昨天")
    shift_at(cast, 11, 14, 9, title="不公开", visibility="invited")
    assert shown(client) == {
        "2026-11-14 周六": ["09:00 早", "23:00 夜"],
        "2026-12-05 周六": ["09:00 下月初，十一月末周之内"],
    }
    assert list(shown(client, month="2026-12")) == ["2026-12-05 周六", "2026-12-07 周一"]


def test_day_names_three_and_counts_the_rest(cast: Cast, client: Client) -> None:
    for hour in (14, 8, 10, 9, 11):
        shift_at(cast, 11, 14, hour, title=f"{hour}")
    assert shown(client) == {"2026-11-14 周六": ["08:00 8", "09:00 9", "10:00 10"]}
    page = client.get(MONTH)
    (day,) = [day for week in page.context["month"]["weeks"] for day in week if day["entries"]]
    assert day["more"] == 2
    assert "还有 2 个" in page.content.decode()
    listed = client.get(day["url"]).context["shifts"]
    assert [shift.activity.title for shift in listed] == ["8", "9", "10", "11", "14"]


def test_choices_are_kept_on_the_way_to_the_day_and_back(cast: Cast, client: Client) -> None:
    with as_owner():
        project = Project.objects.create(committee=cast.committee("4418"), name="河小青")
    ours = shift_at(cast, 11, 14, 9, title="项目之内", project=project)
    shift_at(cast, 11, 14, 9, title="项目之外")
    shift_at(cast, 11, 14, 9, title="别处", committee=cast.committee("440606"), project=None)
    asked = {"project": str(project.pk), "place": "441802"}
    assert shown(client, **asked) == {"2026-11-14 周六": ["09:00 项目之内"]}
    assert [each.pk for each in client.get(LIST, asked).context["shifts"]] == [ours.pk]
    month = client.get(MONTH, asked).context["month"]
    (url,) = [day["url"] for week in month["weeks"] for day in week if day["url"]]
    assert [each.pk for each in client.get(url).context["shifts"]] == [ours.pk]
    assert f"project={project.pk}" in month["later_url"]


def test_project_is_offered_while_something_of_it_is_to_come(cast: Cast, client: Client) -> None:
    with as_owner():
        province = cast.committee("44")
        idle = Project.objects.create(committee=province, name="朝阳行动")
        busy = Project.objects.create(committee=province, name="金晖行动")
    shift_at(cast, 11, 14, 9, project=busy)
    choices = client.get(LIST).context["form"].fields["project"].choices
    assert [value for value, _label in choices] == ["", str(busy.pk)]
    # An address that names another keeps it, and finds nothing.
    page = client.get(LIST, {"project": idle.pk})
    assert [value for value, _label in page.context["form"].fields["project"].choices][-1] == str(
        idle.pk
    )
    assert page.context["shifts"] == []


@pytest.mark.parametrize(
    ("asked", "title"),
    [
        ("", "2026-11"),
        ("2026-12", "2026-12"),
        ("2027-11", "2027-11"),
        ("2027-12", "2026-11"),
        ("2026-10", "2026-11"),
        ("2026-13", "2026-11"),
        ("nonsense", "2026-11"),
    ],
)
def test_months_to_come_for_a_year_can_be_turned_to(
    cast: Cast, client: Client, asked: str, title: str
) -> None:
    month = client.get(MONTH, {"month": asked}).context["month"]
    assert month["title"] == title
    assert bool(month["earlier_url"]) == (title != "2026-11")
    assert bool(month["later_url"]) == (title != "2027-11")


@pytest.mark.parametrize("days", [1, 3])
def test_month_is_one_query(cast: Cast, client: Client, days: int) -> None:
    for day in range(days):
        shift_at(cast, 11, 14 + day, 9)
    client.get(MONTH)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        assert len(shown(client)) == days
    assert len([each for each in asked if "volunteers_shift" in each["sql"]]) == 1


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_ends_of_the_calendar_are_no_days(cast: Cast, client: Client, day: str) -> None:
    shift_at(cast, 11, 14, 9)
    for page in (LIST, MONTH):
        assert client.get(page, {"day": day, "month": day[:7]}).status_code == 200
