"""The pages of spot checks, from the draw to the published outcome."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from core.tenancy.scope import acting_as
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.spotchecks.models import SpotCheck

LIST = reverse("spotchecks:check-list")
DRAW = reverse("spotchecks:check-draw")
TYPED = {
    "title": "五月抽查",
    "scope": "441802",
    "first_day": "2026-05-01",
    "last_day": "2026-05-31",
    "size": "2",
    "seed": "",
}


@pytest.fixture
def _frame(cast: Cast) -> None:
    with as_owner():
        for day in range(1, 5):
            person = VolunteerFactory(committee=cast.committee("441802009"))
            ServiceRecordFactory(volunteer=person, served_on=date(2026, 5, day))


@pytest.mark.usefixtures("_frame")
def test_sample_is_drawn_judged_and_published(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    client.cookies["django_language"] = "zh-hans"
    assert client.post(DRAW, {**TYPED, "size": "0"}).status_code == 422
    page = client.post(DRAW, TYPED)["Location"]
    first, second = client.get(page).context["items"]
    for item, finding in ((first, "true"), (second, "wrong")):
        address = reverse("spotchecks:record-judge", args=[item.check_of_id, item.pk])
        client.post(address, {"finding": finding, "evidence": "签到表"})
    text = client.get(page).content.decode()
    assert reverse("hours:record-correct", args=[second.record_id]) in text
    client.post(reverse("spotchecks:check-publish", args=[first.check_of_id]))
    assert "50.0" in client.get(page).content.decode()
    log_in(client, cast.province_auditor)
    assert client.get(page).context["may_judge"] is False
    log_in(client, cast.county_440606)
    assert client.get(page).status_code == 404
    log_in(client, cast.county_441802)
    home = client.get("/", follow=True).content.decode()
    assert page in home
    link = client.get(reverse("hours:record-correct", args=[second.record_id]), {"reason": "查实"})
    assert "查实" in link.content.decode()
    with acting_as(cast.county_441802.scope):
        assert SpotCheck.objects.get().is_published


@pytest.mark.usefixtures("_frame")
def test_lists_cost_the_same_with_one_and_three_rows(cast: Cast, client: Client) -> None:
    log_in(client, cast.county_441802)
    counts = []
    for size in ("1", "3"):
        page = client.post(DRAW, {**TYPED, "size": size})["Location"]
        client.get(page)
        for address in (page, LIST):
            with CaptureQueriesContext(connection) as queries:
                assert client.get(address).status_code == 200
            counts.append(len(queries))
    assert counts[:2] == counts[2:]
    assert max(counts) < 12


@pytest.mark.usefixtures("_frame")
def test_concerned_committee_reads_its_part_and_changes_nothing(cast: Cast, client: Client) -> None:
    log_in(client, cast.city_4418)
    page = client.post(DRAW, TYPED | {"scope": "4418", "size": "1"})["Location"]
    (item,) = client.get(page).context["items"]
    judge = reverse("spotchecks:record-judge", args=[item.check_of_id, item.pk])
    publish = reverse("spotchecks:check-publish", args=[item.check_of_id])
    log_in(client, cast.county_441802)
    assert client.get(page).status_code == 404
    log_in(client, cast.city_4418)
    client.post(judge, {"finding": "wrong", "evidence": "电话核实"})
    client.post(publish)
    log_in(client, cast.county_441802)
    shown = client.get(page)
    assert [each.pk for each in shown.context["items"]] == [item.pk]
    assert shown.context["is_ours"] is False
    assert item.check_of.seed in shown.content.decode()
    assert page in client.get(LIST).content.decode()
    for address in (judge, publish):
        assert client.post(address, {"finding": "true", "evidence": "签到表"}).status_code == 404


def test_own_work_offers_nothing_to_judge(cast: Cast, client: Client) -> None:
    """Said before anything is typed, not after."""
    with as_owner():
        for day in (1, 2):
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=cast.committee("441802009")),
                served_on=date(2026, 5, day),
                confirmed_by=cast.county_441802.user if day == 1 else None,
            )
    log_in(client, cast.county_441802)
    page = client.get(client.post(DRAW, TYPED)["Location"])
    offered = {
        item.served_on.day: reverse("spotchecks:record-judge", args=[item.check_of_id, item.pk])
        for item in page.context["items"]
    }
    text = page.content.decode()
    assert offered[1] not in text
    assert offered[2] in text
