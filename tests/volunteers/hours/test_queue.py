"""The queue: which sheets wait, for whom, and what they come to."""

from __future__ import annotations

from datetime import date

from django.db.models import F

from core.tenancy.scope import acting_as
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries.queue import (
    Place,
    hours_awaiting_confirmation,
    sheet_summaries,
    sheets_awaiting_confirmation,
    sheets_odd_first,
    states_of,
)
from volunteers.signals.domain import look_at_marked_sheets


def a_sheet(cast: Cast, code: str, *states: str) -> HoursSheet:
    """A sheet of that committee with one record for each state."""
    committee = cast.committee(code)
    with as_owner():
        sheet: HoursSheet = HoursSheetFactory(committee=committee)
        for state in states:
            ServiceRecordFactory(
                volunteer=VolunteerFactory(committee=committee),
                sheet=sheet,
                state=state,
                voided=state == "void",
                void_reason="重复" if state == "void" else "",
            )
    return sheet


def queue_of(cast: Cast, username: str, *, after: int = 0, limit: int = 10) -> list[int]:
    actor = cast.actor(username)
    with acting_as(actor.scope):
        return sheets_awaiting_confirmation(actor.scope.committee, after=after, limit=limit)


def test_queue_holds_sheets_with_waiting_records_oldest_first(cast: Cast) -> None:
    first = a_sheet(cast, "441802", "submitted", "submitted", "confirmed")
    a_sheet(cast, "441802", "confirmed", "draft", "void")
    second = a_sheet(cast, "441802009", "submitted")
    assert queue_of(cast, "county-441802") == [first.pk, second.pk]
    assert queue_of(cast, "county-441802", after=first.pk) == [second.pk]
    assert queue_of(cast, "county-441802", limit=1) == [first.pk]


def test_queue_of_each_tier_holds_its_subtree(cast: Cast) -> None:
    county = a_sheet(cast, "441802", "submitted")
    foreign = a_sheet(cast, "440606103", "submitted")
    elsewhere = a_sheet(cast, "440606101", "submitted")
    assert queue_of(cast, "province") == [county.pk, foreign.pk, elsewhere.pk]
    assert queue_of(cast, "city-4418") == [county.pk]
    assert queue_of(cast, "county-441802") == [county.pk]
    assert queue_of(cast, "county-440606") == [foreign.pk, elsewhere.pk]
    assert queue_of(cast, "township-440606103") == [foreign.pk]


def test_queue_of_no_committee_is_empty(cast: Cast) -> None:
    a_sheet(cast, "441802", "submitted")
    with acting_as(cast.province.scope):
        assert sheets_awaiting_confirmation("", limit=10) == []


def test_summary_counts_what_waits(cast: Cast) -> None:
    sheet = a_sheet(cast, "441802", "submitted", "submitted", "confirmed", "draft", "void")
    with as_owner():
        record = ServiceRecord.objects.filter(sheet=sheet, state="submitted").latest("pk")
        ServiceRecordFactory(
            volunteer=record.volunteer,
            sheet=sheet,
            state="submitted",
            served_on=date(2026, 12, 1),
            during=None,
            minutes=601,
            recorded_by=cast.county_441802.user,
            activity_title="巡河",
        )
    look_at_marked_sheets()
    with acting_as(cast.county_441802.scope):
        (summary,) = sheet_summaries([sheet.pk, 0], reader=cast.county_441802.scope.user)
    assert (summary.records, summary.minutes, summary.people) == (3, 841, 2)
    assert (summary.odd, summary.own) == (1, 1)
    chips = {chip.label: chip.count for chip in summary.chips}
    assert sorted(chips.values()) == [1, 1]
    assert (summary.activity, summary.activities, summary.files) == ("巡河", 2, 0)
    assert summary.last_day == date(2026, 12, 1)


def test_sheet_is_summed_by_state(cast: Cast) -> None:
    sheet = a_sheet(cast, "441802", "confirmed", "confirmed", "void")
    with acting_as(cast.county_441802.scope):
        (waiting,) = sheet_summaries([sheet.pk], reader=None)
        (counted,) = sheet_summaries([sheet.pk], reader=None, state=RecordState.CONFIRMED)
        states = states_of(sheet)
    assert (waiting.records, waiting.minutes, waiting.first_day) == (0, 0, None)
    assert (counted.records, counted.minutes, counted.people) == (2, 240, 2)
    assert states == {"confirmed": 2, "void": 1}


def test_waiting_figures_of_the_home_page(cast: Cast) -> None:
    first = a_sheet(cast, "441802", "submitted", "submitted")
    a_sheet(cast, "441802", "submitted", "confirmed")
    a_sheet(cast, "440606103", "submitted")
    with acting_as(cast.county_441802.scope):
        waiting = hours_awaiting_confirmation(cast.county_441802.scope.committee)
    assert (waiting.sheets, waiting.records, waiting.oldest) == (2, 3, first.created_at)


def test_queue_begins_with_what_is_odd_and_pages_through_both(cast: Cast) -> None:
    sheets = [a_sheet(cast, "441802", "submitted") for _each in range(4)]
    with as_owner():
        ServiceRecord.objects.filter(sheet__in=[sheets[1], sheets[3]]).update(minutes=660)
        ServiceRecord.objects.update(recorded_at=F("served_on"))
    look_at_marked_sheets()
    wanted = [
        Place(True, sheets[1].pk),
        Place(True, sheets[3].pk),
        Place(False, sheets[0].pk),
        Place(False, sheets[2].pk),
    ]
    path = cast.county_441802.scope.committee
    with acting_as(cast.county_441802.scope):
        assert sheets_odd_first(path, after=Place(), limit=10) == wanted
        paged, after = [], Place()
        while page := sheets_odd_first(path, after=after, limit=1):
            paged += page
            after = Place.from_text(str(page[-1]))
    assert paged == wanted


def test_place_in_an_address_may_be_anything() -> None:
    for text in (None, "", "odd-", "odd-x", "-3", "9" * 30):
        assert Place.from_text(text) == Place()
