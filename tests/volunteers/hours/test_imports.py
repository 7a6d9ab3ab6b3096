"""Hour sheets row by row: whose hours they are, what is wrong with them, what they become."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection
from django.utils.translation import override

from core.tenancy.scope import acting_as
from core.workbooks.results import ImportResult
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory, VolunteerIdentityFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.workbooks import HOURS_HEADER, faults_of, import_file, write_workbook
from volunteers.hours import imports
from volunteers.hours.imports import statements
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.registry.models import Volunteer

LIU, PHONE = identity_number(102), "19900000001"
CHEN = identity_number(104)
VISITOR = identity_number(106)
DAY = dt.date(2026, 5, 3)
GREEDY = "ON CONFLICT ON CONSTRAINT record_no_overlap DO NOTHING"

Send = Callable[..., ImportResult]


def person(cast: Cast, code: str, name: str, number: str, phone: str, **fields: Any) -> Volunteer:
    volunteer: Volunteer = VolunteerFactory(committee=cast.committee(code), name=name, **fields)
    VolunteerIdentityFactory(volunteer=volunteer, number=number, phone=phone)
    return volunteer


@pytest.fixture
def county(cast: Cast) -> Cast:
    """刘霞明 and 陈军 belong to 441802, 何涛 to 440606."""
    with as_owner():
        person(cast, "441802009", "刘霞明", LIU, PHONE)
        person(cast, "441802103", "陈军", CHEN, "19900000002")
        person(cast, "440606103", "何涛", VISITOR, "19900000003")
    return cast


@pytest.fixture
def send(county: Cast, tmp_path: Path) -> Send:
    """Imports rows as the recorder of 441802, or as somebody else."""

    def send_rows(
        *rows: list[Any], actor: Actor | None = None, code: str = "441802", check: bool = False
    ) -> ImportResult:
        path = write_workbook(tmp_path / "hours.xlsx", HOURS_HEADER, rows, title="时长登记表")
        return import_file(
            "hours",
            path,
            committee=county.committee(code),
            actor=actor or county.recorder_441802,
            check=check,
        )

    return send_rows


def row(
    name: str = "刘霞明",
    number: Any = LIU,
    day: Any = DAY,
    start: Any = "09:00",
    end: Any = "11:00",
    hours: Any = 2,
    activity: str = "敬老院探访",
    note: str = "",
) -> list[Any]:
    return [name, number, activity, day, start, end, hours, note]


def records() -> list[ServiceRecord]:
    with as_owner():
        return list(ServiceRecord.objects.select_related("volunteer", "sheet").order_by("pk"))


def test_good_row_becomes_a_record_awaiting_confirmation(send: Send, county: Cast) -> None:
    result = send(row(activity="河小青巡河护水", note="补录"))
    assert (result.rows, result.accepted, list(result.refused)) == (1, 1, [])
    (record,) = records()
    recorder = county.recorder_441802
    assert record.volunteer.name == record.volunteer_name == "刘霞明"
    assert record.volunteer_number == record.volunteer.number
    assert record.committee_id == record.sheet.committee_id == county.committee("441802").path
    assert (record.state, record.source, record.kind) == ("submitted", "import", "environment")
    assert (record.activity_title, record.note) == ("河小青巡河护水", "补录")
    assert (record.served_on, record.minutes) == (DAY, 120)
    shanghai = dt.timezone(dt.timedelta(hours=8))
    assert record.during is not None
    assert record.during.lower == dt.datetime(2026, 5, 3, 9, tzinfo=shanghai)
    assert record.during.upper == dt.datetime(2026, 5, 3, 11, tzinfo=shanghai)
    assert record.recorded_by == recorder.user
    assert record.recorded_by_label == recorder.label
    assert record.sheet.title == "hours.xlsx"


def test_history_says_who_imported_each_record(send: Send, county: Cast) -> None:
    send(row(), row(name="陈军", number=CHEN))
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT pgh_label, pgh_context ->> 'user' FROM volunteers_servicerecordhistory"
        )
        assert cursor.fetchall() == [("insert", str(county.recorder_441802.scope.user))] * 2


@pytest.mark.parametrize(
    ("written", "expected"),
    [
        ("2小时30分", 150),
        ("2.5小时", 150),
        ("", 180),
        (1, 60),
        (dt.time(2, 0), 120),
        ("两小时", 120),
    ],
)
def test_hours_are_taken_as_offices_write_them(send: Send, written: Any, expected: int) -> None:
    assert send(row(start="08：00", end=dt.time(11, 0), hours=written)).accepted == 1
    assert records()[0].minutes == expected


@pytest.mark.parametrize(
    "written", [DAY, 46145, "2026年5月3日", "2026-5-3", "2026.5.3", "２０２６/５/３", "20260503"]
)
def test_dates_are_taken_as_offices_write_them(send: Send, written: Any) -> None:
    assert send(row(day=written)).accepted == 1
    assert records()[0].served_on == DAY


@pytest.mark.parametrize(
    "number",
    [LIU, f" {LIU} ", LIU.lower(), PHONE, "199-0000-0001", 19900000001.0, "+86 19900000001"],
)
def test_volunteer_is_found_by_identity_number_or_telephone(send: Send, number: Any) -> None:
    assert send(row(number=number)).accepted == 1


@pytest.mark.parametrize(
    ("cells", "field", "code"),
    [
        ({"number": identity_number(900)}, "volunteer", "unknown_volunteer"),
        ({"number": "19900009999"}, "volunteer", "unknown_phone"),
        ({"number": LIU[:-1]}, "volunteer", "said"),
        ({"number": 4.4990019860302e17}, "volunteer", "identity_number_cell"),
        ({"number": ""}, "volunteer", "number_missing"),
        ({"name": "某某某"}, "name", "other_name"),
        ({"name": ""}, "name", "other_name"),
        ({"day": dt.date(2099, 5, 3)}, "date", "date_in_future"),
        ({"day": "5月3日"}, "date", "date_no_year"),
        ({"day": ""}, "date", "date_missing"),
        ({"start": "13:00", "end": "09:00"}, "time", "ends_before_start"),
        ({"start": "09:00", "end": "09:00"}, "time", "ends_before_start"),
        ({"start": "", "end": "09:00"}, "time", "start_missing"),
        ({"end": ""}, "time", "end_missing"),
        ({"hours": 2.1}, "hours", "more_than_stretch"),
        ({"hours": 33}, "hours", "more_than_a_day"),
        ({"start": "", "end": "", "hours": ""}, "hours", "hours_missing"),
        ({"start": "", "end": "", "hours": 25}, "hours", "more_than_a_day"),
        ({"hours": 0}, "hours", "hours_none"),
        ({"activity": ""}, "activity", "activity_missing"),
        ({"activity": "长" * 101}, "activity", "text_too_long"),
        ({"note": "长" * 201}, "note", "text_too_long"),
    ],
)
def test_fault_is_named_with_its_field(
    send: Send, cells: dict[str, Any], field: str, code: str
) -> None:
    result = send(row(**cells), row(name="陈军", number=CHEN))
    assert [(each.row, each.field, each.code) for each in result.refused] == [(3, field, code)]
    assert result.accepted == 1


def test_whose_hours_they_are_is_asked_first(send: Send) -> None:
    result = send(row(name="某某某", hours=33), row(number=identity_number(900), start="12:00"))
    assert faults_of(result) == [(3, "name"), (4, "volunteer")]


def test_every_fault_says_what_to_do_in_both_languages(send: Send) -> None:
    send(row())
    result = send(row(start="10:00", end="12:00"), row(name="某某某"), row(hours=33))
    with override("en"):
        assert all(each.message.endswith(".") for each in result.refused)
    assert "敬老院探访" in result.refused[0].message


def test_refused_row_blocks_no_later_row(send: Send) -> None:
    result = send(
        row(),
        row(start="10:00", end="12:00"),
        row(start="11:30", end="13:00", hours=1),
        row(start="11:00", end="11:30", hours=0.5),
    )
    assert faults_of(result) == [(4, "overlap")]
    assert result.accepted == 3
    (refused,) = result.refused
    assert refused.code == "overlaps_row"
    assert refused.fault.params["row"] == 3


def test_row_with_another_fault_blocks_no_later_row(send: Send) -> None:
    assert faults_of(send(row(hours=33), row())) == [(3, "hours")]


def test_same_row_twice_is_taken_once(send: Send) -> None:
    result = send(row(), row())
    assert [(each.row, each.code) for each in result.refused] == [(4, "repeated")]
    assert len(records()) == 1


def test_hours_without_clock_times_are_taken_once(send: Send) -> None:
    untimed = row(start="", end="", hours=3)
    first = send(untimed, untimed, row(start="", end="", hours=2))
    assert (first.accepted, faults_of(first)) == (2, [(4, "overlap")])
    assert records()[0].during is None
    again = send(untimed)
    assert (again.accepted, [each.code for each in again.refused]) == (0, ["already_recorded"])


def test_standing_record_is_named(send: Send) -> None:
    send(row())
    result = send(row(start="10:30", end="12:00", hours=1))
    (refused,) = result.refused
    assert refused.code == "overlaps_record"
    assert refused.fault.params == {"activity": "敬老院探访", "start": "09:00", "end": "11:00"}


def test_void_record_blocks_nothing(send: Send) -> None:
    send(row())
    with as_owner():
        ServiceRecord.objects.update(voided=True, state="void", void_reason="重复")
    assert send(row()).accepted == 1


def test_sheet_without_a_good_row_leaves_no_sheet(send: Send) -> None:
    assert send(row(name="某某某")).accepted == 0
    with as_owner():
        assert not HoursSheet.objects.exists()


def test_check_leaves_nothing(send: Send) -> None:
    assert send(row(), check=True).accepted == 1
    assert records() == []


def test_visitor_is_taken_by_identity_number_and_name(send: Send, county: Cast) -> None:
    assert send(row(name="何涛", number=VISITOR)).accepted == 1
    (record,) = records()
    assert record.volunteer.committee_id == county.committee("440606103").path
    assert record.committee_id == county.committee("441802").path
    assert record.volunteer_number == record.volunteer.number


@pytest.mark.parametrize(
    ("name", "number", "code"),
    [
        ("何涛涛", VISITOR, "unknown_volunteer"),
        ("某某某", VISITOR, "unknown_volunteer"),
        ("何涛", "19900000003", "unknown_phone"),
    ],
)
def test_visitor_is_not_revealed_by_less(send: Send, name: str, number: str, code: str) -> None:
    """Neither telephone nor number alone tells that somebody is registered elsewhere."""
    (refused,) = send(row(name=name, number=number)).refused
    assert (refused.field, refused.code) == ("volunteer", code)


def test_hidden_record_of_another_committee_blocks_without_being_shown(
    send: Send, county: Cast
) -> None:
    """The other county's record overlaps: the row is refused, and nothing of it is told."""
    with as_owner():
        visitor = Volunteer.objects.get(name="何涛")
        ServiceRecordFactory(
            volunteer=visitor,
            activity_title="机密活动",
            served_on=DAY,
            during=("2026-05-03 10:00+08", "2026-05-03 12:00+08"),
        )
    (refused,) = send(row(name="何涛", number=VISITOR)).refused
    assert (refused.field, refused.code) == ("overlap", "overlaps_elsewhere")
    assert refused.fault.params == {}


def test_withdrawn_volunteer_gets_no_hours(send: Send, county: Cast) -> None:
    with as_owner():
        Volunteer.objects.filter(name="陈军").update(state="withdrawn")
    (refused,) = send(row(name="陈军", number=CHEN)).refused
    assert (refused.field, refused.code) == ("volunteer", "withdrawn")


def test_shared_telephone_is_told_apart_by_the_name(send: Send, county: Cast) -> None:
    with as_owner():
        person(county, "441802009", "刘小明", identity_number(110), PHONE)
    assert send(row(name="刘小明", number=PHONE), row(number=PHONE)).accepted == 2
    assert [record.volunteer.name for record in records()] == ["刘小明", "刘霞明"]
    with as_owner():
        person(county, "441802009", "刘霞明", identity_number(112), PHONE)
    (refused,) = send(row(number=PHONE, day="2026-05-04")).refused
    assert (refused.field, refused.code) == ("volunteer", "several_volunteers")


def test_township_records_a_neighbour_only_by_number_and_name(send: Send, county: Cast) -> None:
    township = county.township_440606103
    code = "440606103"
    own = send(row(name="何涛", number="19900000003"), actor=township, code=code)
    assert own.accepted == 1
    visitor = send(row(number=PHONE), row(), actor=township, code=code)
    assert faults_of(visitor) == [(3, "volunteer")]
    assert visitor.accepted == 1


def test_roles_without_the_right_import_nothing(send: Send, county: Cast) -> None:
    with pytest.raises(PermissionDenied):
        send(row(), actor=county.province_auditor)
    assert records() == []


def test_nobody_imports_for_a_committee_outside_the_scope(send: Send, county: Cast) -> None:
    """Even where every check of the code is passed, the database takes no such row."""
    with pytest.raises(Exception, match="row-level security"):
        send(row(name="何涛", number=VISITOR), actor=county.county_440606, code="441802")
    assert records() == []


def test_without_the_greedy_insert_an_overlap_would_end_the_import(
    send: Send, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Switch the guard off: the constraint still holds, and the whole import fails."""
    careless = statements.INSERT_TAKEN.replace(GREEDY, "")
    assert careless != statements.INSERT_TAKEN
    monkeypatch.setattr(imports, "INSERT_TAKEN", careless)
    with pytest.raises(IntegrityError, match="record_no_overlap"):
        send(row(), row(start="10:00", end="12:00"))
    assert records() == []


def test_visitors_function_answers_only_both_exact(county: Cast) -> None:
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(
            "SELECT number_index FROM volunteers_volunteeridentity ORDER BY volunteer_id DESC"
        )
        (index,) = cursor.fetchone()
    ask = "SELECT place, id FROM volunteers_find_visitors(%s, %s)"
    with acting_as(county.county_441802.scope), connection.cursor() as cursor:
        cursor.execute(ask, [[index, index], ["何涛", "何"]])
        found = cursor.fetchall()
    assert [place for place, _key in found] == [1]


@pytest.mark.parametrize("role", ["portal_volunteer", "portal_public", "portal_login"])
def test_visitors_function_is_for_staff_only(county: Cast, role: str) -> None:
    with as_owner(), connection.cursor() as cursor:
        function = "volunteers_find_visitors(bytea[], text[])"
        cursor.execute("SELECT has_function_privilege(%s, %s, 'EXECUTE')", [role, function])
        assert cursor.fetchone() == (False,)
