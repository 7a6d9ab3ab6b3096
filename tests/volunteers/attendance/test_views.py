"""The roll on the page, from the shift's start to the sheet that waits for a second person."""

from __future__ import annotations

from datetime import timedelta

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
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.hours.models import ServiceRecord
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def shift_of(cast: Cast, people: int) -> Shift:
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0, second=0)):
        shift = call(cast, places=people)
    for _number in range(people):
        actor = another(cast)
        with acting_as(actor.scope):
            sign_up(shift, actor=actor)
    return shift


def test_roll_is_called_and_the_activity_settled(cast: Cast, client: Client) -> None:
    shift = shift_of(cast, 2)
    roll = reverse("attendance:roll-detail", args=[shift.activity_id, shift.pk])
    settle = reverse("attendance:activity-settle", args=[shift.activity_id])
    with time_machine.travel(shift.ends_at + timedelta(minutes=1)):
        log_in(client, cast.recorder_441802)
        page = client.get(roll)
        assert (page.context["unmarked"], page.context["may_mark"]) == (2, True)
        first, _second = page.context["rows"]
        mark = reverse("attendance:attendance-mark", args=[first["signup"].pk])
        wrong = client.post(mark, {"mark": "came", "left_at": "2020-01-01T08:00"})
        assert wrong.status_code == 422
        assert "2020-01-01T08:00" in wrong.content.decode()
        assert client.post(mark, {"mark": "no_show"})["Location"] == roll
        client.post(f"{roll}all/")
        summary = client.get(settle).context["summary"]
        assert (summary.came, summary.absent, summary.unmarked) == (1, 1, 0)
        answer = client.post(settle)
    with as_owner():
        record = ServiceRecord.objects.get()
    assert answer["Location"] == reverse("hours:sheet-detail", args=[record.sheet_id])
    stranger = log_in(Client(), cast.county_440606)
    for address in (roll, settle, mark):
        assert stranger.get(address).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_roll_costs_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    shift = shift_of(cast, count)
    with as_owner():
        assert SignUp.objects.count() == count
    log_in(client, cast.recorder_441802)
    page = reverse("attendance:roll-detail", args=[shift.activity_id, shift.pk])
    client.get(page)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(page).context["rows"]) == count
    assert len(queries) == 11


def test_one_tap_marks_a_person_without_another_page(cast: Cast, client: Client) -> None:
    shift = shift_of(cast, 1)
    roll = reverse("attendance:roll-detail", args=[shift.activity_id, shift.pk])
    with time_machine.travel(shift.ends_at + timedelta(minutes=1)):
        log_in(client, cast.recorder_441802)
        page = client.get(roll)
        said = page.content.decode()
        (row,) = page.context["rows"]
        mark = reverse("attendance:attendance-mark", args=[row["signup"].pk])
        buttons = [value for value, _label in page.context["marks"]]
        assert all(f'name="mark" value="{value}"' in said for value in buttons)
        assert buttons == ["came", "late", "no_show", "excused"]
        client.post(mark, {"mark": "excused"})
        assert 'name="mark"' not in client.get(roll).content.decode()
