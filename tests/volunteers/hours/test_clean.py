"""A sheet in two parts: what is clean is confirmed at once, what is odd after a look."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from django.test import Client
from django.urls import reverse

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast, log_in
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from volunteers.hours.domain import confirm_clean_hours, confirm_hours, confirm_odd_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.signals.domain import look_at_marked_sheets

DAY = date(2026, 5, 16)


@pytest.fixture
def sheet(cast: Cast) -> HoursSheet:
    """Three ordinary records that wait and two of eleven hours."""
    county = cast.committee("441802")
    with as_owner():
        made: HoursSheet = HoursSheetFactory(committee=county)
        for place, minutes in enumerate((120, 120, 120, 660, 661)):
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=county),
                sheet=made,
                state="submitted",
                served_on=DAY + timedelta(days=place),
                recorded_at=datetime(2026, 5, 22, tzinfo=UTC),
                minutes=minutes,
            )
    return made


def states(cast: Cast, sheet: HoursSheet) -> dict[int, str]:
    """Minutes of the odd ones, 120 for the rest → state."""
    with acting_as(cast.county_441802.scope):
        rows = ServiceRecord.objects.filter(sheet=sheet).order_by("pk")
        return dict(rows.values_list("minutes", "state"))


def test_what_is_clean_is_confirmed_and_the_rest_after_a_look(
    cast: Cast, sheet: HoursSheet
) -> None:
    actor = cast.county_441802
    look_at_marked_sheets()
    with acting_as(actor.scope):
        result = confirm_clean_hours(sheet, actor=actor)
    assert (result.count, result.minutes) == (3, 360)
    assert states(cast, sheet) == {120: "confirmed", 660: "submitted", 661: "submitted"}
    with acting_as(actor.scope):
        assert confirm_odd_hours(sheet, actor=actor).count == 2
    assert set(states(cast, sheet).values()) == {"confirmed"}


def test_nothing_counts_as_clean_that_has_not_been_looked_at(cast: Cast, sheet: HoursSheet) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        confirm_clean_hours(sheet, actor=actor)
    assert refused.value.code == "not_looked_at"
    assert set(states(cast, sheet).values()) == {"submitted"}


def test_page_offers_the_clean_part_then_the_odd_ones_with_reasons(
    cast: Cast, sheet: HoursSheet, client: Client
) -> None:
    look_at_marked_sheets()
    log_in(client, cast.county_441802)
    client.cookies["django_language"] = "zh-hans"
    address = reverse("hours:sheet-detail", args=[sheet.pk])
    queue = client.get(reverse("hours:sheet-list")).content.decode()
    assert "当天过长 2" in queue
    assert "确认全部无疑点的 3 条" in client.get(address).content.decode()
    confirm = reverse("hours:sheet-confirm", args=[sheet.pk])
    answer = client.post(confirm, {"which": "clean"})
    odd = client.get(answer["Location"])
    text = odd.content.decode()
    assert [record.minutes for record, _reasons in odd.context["rows"]] == [660, 661]
    assert "当天共 11.0 小时，超过 8 小时" in text
    assert "已看过，确认这 2 条有疑点的" in text
    (message,) = odd.context["messages"]
    client.post(message.extra_tags)
    assert set(states(cast, sheet).values()) == {"submitted"}, "undone"
    client.post(confirm, {"which": "odd"})
    assert states(cast, sheet) == {120: "submitted", 660: "confirmed", 661: "confirmed"}


def test_home_tells_the_enterer_what_came_back_and_why(
    cast: Cast, sheet: HoursSheet, client: Client
) -> None:
    with as_owner():
        HoursSheet.objects.filter(pk=sheet.pk).update(recorded_by=cast.recorder_441802.user)
    log_in(client, cast.county_441802)
    client.post(reverse("hours:sheet-return", args=[sheet.pk]), {"reason": "缺签到表第二页"})
    log_in(client, cast.recorder_441802)
    tasks = client.get(reverse("home:home")).context["tasks"]
    (task,) = [task for task in tasks if "缺签到表第二页" in task.detail]
    assert task.is_urgent
    assert task.url == reverse("hours:sheet-detail", args=[sheet.pk])


def test_what_was_just_confirmed_is_odd_no_more(
    cast: Cast, sheet: HoursSheet, client: Client
) -> None:
    """The signals' marks follow two seconds later; no page says “3 of 1”."""
    actor = cast.county_441802
    look_at_marked_sheets()
    with acting_as(actor.scope):
        confirm_hours(ServiceRecord.objects.filter(minutes=661), actor=actor)
    page = log_in(client, actor).get(reverse("hours:sheet-detail", args=[sheet.pk]))
    assert (page.context["waiting"], page.context["odd"]) == (4, 1)


def test_rows_stand_as_they_were_entered(cast: Cast, sheet: HoursSheet, client: Client) -> None:
    """The confirmer reads the paper from its first line on."""
    address = reverse("hours:sheet-detail", args=[sheet.pk])
    page = log_in(client, cast.county_441802).get(address)
    rows = [record.pk for record, _reasons in page.context["rows"]]
    assert rows == sorted(rows)
    further = client.get(f"{address}?after={rows[1]}", headers={"HX-Request": "true"})
    assert [record.pk for record, _reasons in further.context["rows"]] == rows[2:]
