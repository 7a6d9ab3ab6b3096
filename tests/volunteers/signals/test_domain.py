"""Signals: what each finds, what it leaves alone, and who reads it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import connection

from core.tenancy.scope import acting_as
from organizations.accounts.actors import Actor
from organizations.rules.models import RuleValue
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import HoursSheetFactory, ServiceRecordFactory, VolunteerFactory
from volunteers.hours.domain import confirm_hours, void_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.models import Volunteer
from volunteers.signals.domain import look_at_marked_sheets, mark_waiting_sheets
from volunteers.signals.models import RecordSignal, UnseenSheet
from volunteers.signals.queries.odd import chips_of_sheets, odd_sheets, signals_of
from volunteers.signals.rules import HOURS_OF_A_DAY

DAY = date(2026, 5, 16)
HOME = "441802009"


def a_sheet(cast: Cast, code: str = HOME) -> HoursSheet:
    sheet: HoursSheet = HoursSheetFactory(committee=cast.committee(code))
    return sheet


def a_record(sheet: HoursSheet, volunteer: Volunteer, **fields: Any) -> ServiceRecord:
    """An ordinary record that waits: two hours and a half in the morning, entered the next day."""
    day = fields.setdefault("served_on", DAY)
    start, end = fields.pop("clock", ("09:00", "11:30"))
    during = tuple(datetime.fromisoformat(f"{day}T{each}+08:00") for each in (start, end))
    ordinary: dict[str, Any] = {
        "state": "submitted",
        "minutes": 150,
        "during": during,
        "recorded_at": datetime(day.year, day.month, day.day, 4, tzinfo=UTC) + timedelta(days=1),
    }
    record: ServiceRecord = ServiceRecordFactory(
        sheet=sheet, committee=sheet.committee, volunteer=volunteer, **{**ordinary, **fields}
    )
    return record


def found(actor: Actor, record: ServiceRecord) -> dict[str, tuple[int, int]]:
    """The signals of a record as the actor reads them: code → figure and limit."""
    with acting_as(actor.scope):
        signals = signals_of([record.pk]).get(record.pk, [])
        return {signal.code: (signal.figure, signal.against) for signal in signals}


@pytest.mark.parametrize(
    ("fields", "signals"),
    [
        ({}, {}),
        ({"during": None, "minutes": 601}, {"long_day": (601, 8), "long_stretch": (601, 10)}),
        ({"during": None, "minutes": 480}, {}),
        ({"during": None, "minutes": 481}, {"long_day": (481, 8)}),
        ({"clock": ("05:59", "08:29")}, {"early": (359, 6)}),
        ({"clock": ("06:00", "08:30")}, {}),
        ({"recorded_at": datetime(2026, 6, 15, 15, 59, tzinfo=UTC)}, {}),
        ({"recorded_at": datetime(2026, 6, 15, 16, 1, tzinfo=UTC)}, {"late_entry": (31, 30)}),
    ],
)
def test_record_says_so_itself(
    cast: Cast, fields: dict[str, Any], signals: dict[str, tuple[int, int]]
) -> None:
    with as_owner():
        record = a_record(a_sheet(cast), cast.volunteer, **fields)
    assert look_at_marked_sheets() == 1
    assert found(cast.county_441802, record) == signals


def test_long_day_adds_up_over_sheets_and_is_read_where_all_of_it_is_seen(cast: Cast) -> None:
    """Five hours in each of two townships: their county sees ten, neither township does."""
    with as_owner():
        near = a_record(a_sheet(cast), cast.volunteer, minutes=300, during=None)
    look_at_marked_sheets()
    assert found(cast.county_441802, near) == {}
    with as_owner():
        far = a_record(a_sheet(cast, "441802103"), cast.volunteer, minutes=300, during=None)
    look_at_marked_sheets()
    for record in (near, far):
        assert found(cast.county_441802, record)["long_day"] == (600, 8)
        with as_owner():
            signal = RecordSignal.objects.get(record=record, code="long_day")
        assert signal.committee_id == cast.county_441802.scope.committee
    with as_owner():
        more = a_record(
            a_sheet(cast), cast.volunteer, minutes=240, during=None, activity_title="巡河"
        )
    look_at_marked_sheets()
    with as_owner():
        signal = RecordSignal.objects.get(record=more, code="long_day")
    assert signal.committee_id == cast.committee(HOME).path, "nine hours in the township alone"
    assert signal.figure == 540
    assert found(cast.county_440606, more) == {}


def test_many_within_a_minute_of_one_hand(cast: Cast) -> None:
    moment = datetime(2026, 5, 17, 4, 0, tzinfo=UTC)
    with as_owner():
        RuleValue.objects.create(
            committee=cast.committee("44"),
            key="signal-same-minute",
            value=5,
            effective_from=date(2026, 1, 1),
            reason="试行",
        )
        people = VolunteerFactory.create_batch(6, committee=cast.committee(HOME))
        typed, brought_in = a_sheet(cast), a_sheet(cast)
        by = {"recorded_by": cast.recorder_441802.user}
        later = {"served_on": DAY + timedelta(days=1), "source": "import"}
        moments = [moment + timedelta(seconds=place) for place in range(6)]
        *_, record = [
            a_record(typed, person, source="backfill", recorded_at=at, **by)
            for person, at in zip(people, moments, strict=True)
        ]
        *_, other = [
            a_record(brought_in, person, recorded_at=at, **by, **later)
            for person, at in zip(people, moments, strict=True)
        ]
    look_at_marked_sheets()
    assert found(cast.county_441802, record) == {"same_minute": (6, 5)}
    assert found(cast.county_441802, other) == {}


def test_stranger_is_nobody_who_is_registered_or_has_served_here(cast: Cast) -> None:
    with as_owner():
        visitor = VolunteerFactory(committee=cast.committee("440606103"))
        first = a_record(a_sheet(cast), visitor)
    look_at_marked_sheets()
    assert found(cast.county_441802, first) == {"stranger": (0, 365)}
    with as_owner():
        ServiceRecord.objects.filter(pk=first.pk).update(
            state="confirmed", confirmed_at=datetime(2026, 5, 18, tzinfo=UTC)
        )
        second = a_record(a_sheet(cast), visitor, served_on=date(2026, 6, 1))
        long_after = a_record(a_sheet(cast), visitor, served_on=date(2027, 6, 1))
    look_at_marked_sheets()
    assert found(cast.county_441802, second) == {}
    assert found(cast.county_441802, long_after) == {"stranger": (0, 365)}


@pytest.mark.parametrize(
    ("clock", "born", "odd"),
    [
        (("20:00", "22:00"), date(2012, 1, 1), False),
        (("20:00", "22:01"), date(2012, 1, 1), True),
        (("05:30", "07:00"), date(2012, 1, 1), True),
        (("20:00", "23:00"), date(2010, 5, 16), False),
        (("20:00", "23:00"), date(2010, 5, 17), True),
    ],
)
def test_minor_at_night(cast: Cast, clock: tuple[str, str], born: date, *, odd: bool) -> None:
    with as_owner():
        person = VolunteerFactory(committee=cast.committee(HOME), birth_date=born)
        record = a_record(a_sheet(cast), person, clock=clock, minutes=90)
    look_at_marked_sheets()
    assert ("minor_at_night" in found(cast.county_441802, record)) is odd


def test_age_of_a_visitor_is_not_given_away(cast: Cast) -> None:
    with as_owner():
        child = VolunteerFactory(committee=cast.committee("441802103"), birth_date=date(2014, 1, 1))
        record = a_record(a_sheet(cast), child, clock=("21:00", "23:30"))
    look_at_marked_sheets()
    assert "minor_at_night" in found(cast.county_441802, record)
    with as_owner():
        signal = RecordSignal.objects.get(record=record, code="minor_at_night")
    assert signal.committee_id == cast.county_441802.scope.committee


def test_jump_over_ones_own_year(cast: Cast) -> None:
    with as_owner():
        sheet = a_sheet(cast)
        for month in (1, 2):
            a_record(sheet, cast.volunteer, served_on=date(2026, month, 3), minutes=395)
        days = [date(2026, 5, day) for day in range(1, 6)]
        records = [a_record(sheet, cast.volunteer, served_on=day, minutes=239) for day in days]
    look_at_marked_sheets()
    assert found(cast.county_441802, records[0]) == {}, "19.9 hours are no month to look at"
    with as_owner():
        last = a_record(sheet, cast.volunteer, served_on=date(2026, 5, 9), minutes=30)
    look_at_marked_sheets()
    assert found(cast.county_441802, last) == {"jump": (1225, 395)}
    with as_owner():
        newcomer = VolunteerFactory(committee=cast.committee(HOME))
        fresh = [a_record(sheet, newcomer, served_on=day, minutes=300) for day in days]
    look_at_marked_sheets()
    assert found(cast.county_441802, fresh[0]) == {}, "without a year before there is no jump"


def test_whole_hours_throughout(cast: Cast) -> None:
    with as_owner():
        sheet = a_sheet(cast)
        days = [DAY - timedelta(days=9 * place) for place in range(20)]
        *_, last = [a_record(sheet, cast.volunteer, served_on=day, minutes=120) for day in days]
    look_at_marked_sheets()
    assert found(cast.county_441802, last) == {"round": (20, 20)}
    with as_owner():
        a_record(sheet, cast.volunteer, served_on=date(2026, 5, 1), minutes=75)
    look_at_marked_sheets()
    assert found(cast.county_441802, last) == {}


def test_province_moves_the_threshold(cast: Cast) -> None:
    with as_owner():
        RuleValue.objects.create(
            committee=cast.committee("44"),
            key=HOURS_OF_A_DAY.key,
            value=2,
            effective_from=date(2026, 1, 1),
            reason="试行",
        )
        record = a_record(a_sheet(cast), cast.volunteer)
    look_at_marked_sheets()
    assert found(cast.county_441802, record) == {"long_day": (150, 2)}


def test_what_is_confirmed_keeps_its_signals_and_what_is_void_loses_them(cast: Cast) -> None:
    actor = cast.county_441802
    with as_owner():
        sheet = a_sheet(cast)
        kept = a_record(sheet, cast.volunteer, clock=("05:00", "07:30"))
        gone = a_record(
            sheet, cast.volunteer, served_on=date(2026, 5, 18), clock=("05:00", "07:30")
        )
    look_at_marked_sheets()
    with acting_as(actor.scope):
        assert odd_sheets(actor.scope.committee, limit=10) == [sheet.pk]
        confirm_hours(ServiceRecord.objects.with_ids([kept.pk]), actor=actor)
        void_hours(ServiceRecord.objects.with_ids([gone.pk]), actor=actor, reason="重复")
        assert odd_sheets(actor.scope.committee, limit=10) == [], "before the next look, too"
    assert look_at_marked_sheets() == 1
    assert set(found(actor, kept)) == {"early"}
    assert found(actor, gone) == {}
    with acting_as(actor.scope):
        assert chips_of_sheets([sheet.pk]) == {}


def test_sheet_is_marked_in_the_same_transaction_and_looked_at_once(cast: Cast) -> None:
    with as_owner():
        sheet = a_sheet(cast)
        a_record(sheet, cast.volunteer)
        a_record(sheet, cast.volunteer, served_on=date(2026, 5, 20))
        assert UnseenSheet.objects.of(sheet.pk).count() == 2
    assert look_at_marked_sheets() == 1
    assert look_at_marked_sheets() == 0
    mark_waiting_sheets()
    assert look_at_marked_sheets() == 1


def test_odd_sheets_of_each_tier(cast: Cast) -> None:
    with as_owner():
        ours = a_sheet(cast)
        a_record(ours, cast.volunteer, clock=("05:00", "07:30"))
        theirs = a_sheet(cast, "440606103")
        person = VolunteerFactory(committee=theirs.committee)
        a_record(theirs, person, clock=("05:00", "07:30"))
        a_record(a_sheet(cast), cast.volunteer, served_on=date(2026, 5, 20))
    look_at_marked_sheets()
    wanted = {
        "province": [ours.pk, theirs.pk],
        "city-4418": [ours.pk],
        "county-440606": [theirs.pk],
        "township-440606103": [theirs.pk],
    }
    for username, sheets in wanted.items():
        actor = cast.actor(username)
        with acting_as(actor.scope):
            assert odd_sheets(actor.scope.committee, limit=10) == sheets, username
    with acting_as(cast.province.scope):
        path = cast.province.scope.committee
        assert odd_sheets(path, after=ours.pk, limit=10) == [theirs.pk]
        assert odd_sheets(path, limit=1) == [ours.pk]


def test_signals_of_a_sheet_are_found_by_its_index(cast: Cast) -> None:
    """However many signals stand in the province, the queue goes from sheet to sheet."""
    with acting_as(cast.province.scope), connection.cursor() as cursor:
        # In a table without rows any index is as cheap: the other one is taken away.
        with as_owner():
            cursor.execute("DROP INDEX signal_sheet")
        # How large the planner thinks an empty table is depends on who wrote to it before: what is
        # judged is whether the index can give the rows in order, not what a sort of none costs.
        cursor.execute("SET LOCAL enable_seqscan = off")
        cursor.execute("SET LOCAL enable_sort = off")
        cursor.execute(
            "EXPLAIN SELECT sheet_id FROM volunteers_recordsignal WHERE waiting AND tier1 = %s"
            " AND sheet_id > 7 ORDER BY sheet_id LIMIT 1",
            [cast.province.scope.committee],
        )
        plan = "\n".join(line for (line,) in cursor.fetchall())
    assert "signal_waiting_tier1" in plan
    assert "Sort" not in plan


def test_sheet_that_was_odd_with_another_is_clean_once_the_other_is_void(cast: Cast) -> None:
    actor = cast.county_441802
    with as_owner():
        person = VolunteerFactory(committee=cast.committee(HOME))
        record = a_record(a_sheet(cast), person, during=None, minutes=300)
        other = a_record(a_sheet(cast), person, during=None, minutes=301)
    look_at_marked_sheets()
    assert "long_day" in found(actor, record)
    with acting_as(actor.scope):
        void_hours(ServiceRecord.objects.with_ids([other.pk]), actor=actor, reason="重复录入")
    look_at_marked_sheets()
    assert found(actor, record) == {}
