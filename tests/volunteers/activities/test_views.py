"""The pages of activities, from the draft to its end."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.volunteers.activities.test_domain import CALL
from volunteers.activities.domain import create_activity

LIST = reverse("activities:activity-list")
CREATE = reverse("activities:activity-create")
TYPED = {
    "title": "敬老院探访",
    "kind": "elderly",
    "content": "陪伴聊天",
    "place": "横荷敬老院",
    "responsible_person": "责任人",
    "responsible_phone": "0763-0000000",
    "invited": "everybody",
    "visibility": "public",
    "withdrawal_hours": "24",
}
SHIFT = {
    "starts_at": "2099-05-01T08:00",
    "ends_at": "2099-05-01T10:00",
    "places": "5",
    "reserve": "0",
    "weeks": "1",
}


def test_activity_is_written_reviewed_and_cancelled(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    refused = client.post(CREATE, {**TYPED, "youngest": "18", "oldest": "14"})
    assert refused.status_code == 422
    assert "横荷敬老院" in refused.content.decode()
    page = client.post(CREATE, TYPED)["Location"]
    wrong = client.post(f"{page}shifts/", {**SHIFT, "ends_at": "2099-05-01T07:00"})
    assert wrong.status_code == 422
    assert "2099-05-01T07:00" in wrong.content.decode()
    client.post(f"{page}shifts/", SHIFT)
    assert client.get(page).context["may_submit"]
    client.post(f"{page}submit/")
    assert client.get(page).context["waits_for_others"] is True
    log_in(client, cast.county_441802)
    client.post(f"{page}approve/")
    assert client.get(LIST, {"state": "published"}).context["rows"]
    asked = client.post(f"{page}cancel/", {"reason": " "})
    assert (asked.status_code, asked.context["refused"].about) == (422, "cancel")
    client.post(f"{page}cancel/", {"reason": "台风停办"})
    assert "台风停办" in client.get(page).content.decode()
    assert not client.get(LIST, {"state": "published"}).context["rows"]
    log_in(client, cast.county_440606)
    assert client.get(page).status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_costs_the_same_for_more_rows(cast: Cast, client: Client, count: int) -> None:
    with acting_as(cast.county_441802.scope):
        for _number in range(count):
            create_activity(CALL, actor=cast.county_441802)
    log_in(client, cast.county_441802)
    client.get(LIST)
    with CaptureQueriesContext(connection) as queries:
        assert len(client.get(LIST).context["rows"]) == count
    assert len(queries) == 7


def test_series_and_copy_come_from_one_form_each(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    page = client.post(CREATE, TYPED)["Location"]
    refused = client.post(f"{page}shifts/", {**SHIFT, "weeks": "27"})
    assert refused.status_code == 422
    client.post(f"{page}shifts/", {**SHIFT, "weeks": "26"})
    shown = client.get(page)
    assert len(shown.context["shifts"]) == 26
    assert "2099-05-01 周五 08:00" in shown.content.decode()
    assert client.post(f"{page}copy/", {"move": "year"})["Location"] == page
    copied = client.post(f"{page}copy/", {"move": "week"})["Location"]
    assert copied != page
    first, *others = client.get(copied).context["shifts"]
    assert (f"{first.starts_at:%Y-%m-%d}", len(others)) == ("2099-05-08", 25)
    log_in(client, cast.county_440606)
    assert client.post(f"{page}copy/", {"move": "week"}).status_code == 404


def test_month_shows_what_is_written_and_a_day_in_full(cast: Cast, client: Client) -> None:
    log_in(client, cast.recorder_441802)
    day = (timezone.localdate() + timedelta(days=70)).replace(day=10)
    for title in ("一", "二", "三", "四"):
        page = client.post(CREATE, {**TYPED, "title": title})["Location"]
        times = {"starts_at": f"{day}T08:00", "ends_at": f"{day}T10:00"}
        client.post(f"{page}shifts/", {**SHIFT, **times})
    month = reverse("activities:activity-month")
    asked = {"month": f"{day:%Y-%m}"}
    shown = client.get(month, asked).context["month"]
    (there,) = [each for week in shown["weeks"] for each in week if each["entries"]]
    assert [each.title for each in there["entries"]] == ["一", "二", "三"]
    assert there["more"] == 1
    listed = client.get(there["url"].partition("#")[0]).context["page"].rows
    assert [shift.activity.title for shift in listed] == ["一", "二", "三", "四"]
    for nonsense in ("2026-13-45", "x", "", "9999-12-31", "0001-01-01"):
        assert client.get(month, {**asked, "day": nonsense}).context["page"] is None
    log_in(client, cast.county_440606)
    shown = client.get(month, asked).context["month"]
    assert shown["is_empty"]
