"""The queue: which sheets wait, for whom, and what they come to."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from core.tenancy.scope import acting_as
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries.queue import (
    hours_awaiting_confirmation,
    oddities_of,
    sheet_summaries,
    sheets_awaiting_confirmation,
    states_of,
)


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
        )
    with acting_as(cast.county_441802.scope):
        (summary,) = sheet_summaries([sheet.pk, 0], reader=cast.county_441802.scope.user)
    assert (summary.records, summary.minutes, summary.people) == (3, 841, 2)
    assert (summary.odd, summary.own) == (1, 1)
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


@pytest.mark.parametrize(
    ("minutes", "hour_utc", "oddities"), [(120, 1, 0), (601, None, 1), (60, 20, 1), (60, None, 0)]
)
def test_odd_records_are_marked_with_why(minutes: int, hour_utc: int | None, oddities: int) -> None:
    during = None
    if hour_utc is not None:
        during = (
            datetime(2026, 5, 15, hour_utc, tzinfo=UTC),
            datetime(2026, 5, 15, hour_utc + 1, tzinfo=UTC),
        )
    record = ServiceRecord(minutes=minutes)
    record.during = ServiceRecord._meta.get_field("during").to_python(during)
    assert len(oddities_of(record)) == oddities
