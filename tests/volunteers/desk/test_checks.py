"""What is said of a row: whom it means, and whether its hours can be."""

from __future__ import annotations

from datetime import UTC, date, datetime
from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.factories.volunteers import identity_number
from tests.volunteers.desk.arranging import open_draft, person, row_of, save, typed
from volunteers.desk.models import RowState
from volunteers.desk.summary.changes import rows_shown
from volunteers.registry.models import Volunteer, VolunteerState

NUMBER, OTHER_NUMBER = identity_number(12), identity_number(14)
PHONE, OTHER_PHONE = "19900001111", "19900002222"


def verdict(cast: Cast, text: str, **cells: Any) -> tuple[str, str, str]:
    """State, field and code of a row of that text."""
    row = typed(text, **cells)
    with open_draft(cast.recorder_441802, row) as draft:
        stored = row_of(draft, row.key)
    return stored.state, stored.field, stored.fault["code"] if stored.fault else ""


@pytest.mark.parametrize(
    "text",
    ["刘霞明", f"刘霞明 {PHONE}", f"刘霞明{NUMBER}", NUMBER, "刘霞明 1111", "刘 霞 明", "@刘霞明"],
)
def test_exact_names_and_numbers_settle_by_themselves(cast: Cast, text: str) -> None:
    volunteer = person(cast.committee("441802009"), "刘霞明", number=NUMBER, phone=PHONE)
    row = typed(text)
    with open_draft(cast.recorder_441802, row) as draft:
        stored = row_of(draft, row.key)
        assert stored.volunteer_id == volunteer.pk
        assert stored.state == RowState.READY
        assert stored.minutes == 120
        assert stored.person == "刘霞明", "no number stays in the draft"


@pytest.mark.parametrize(
    ("text", "code", "candidates"),
    [
        ("张伟", "choose_name", 2),
        (f"张伟 {PHONE}", "", 0),
        (f"刘霞明 {PHONE}", "choose_contradiction", 2),
        (PHONE, "choose_phone", 1),
        ("zw", "choose_likely", 2),
        ("zhangw", "choose_likely", 2),
        ("1111", "choose_likely", 1),
        ("张", "choose_likely", 2),
        ("张伟 3333", "choose_contradiction", 2),
    ],
)
def test_what_is_doubtful_waits_for_a_choice(
    cast: Cast, text: str, code: str, candidates: int
) -> None:
    person(cast.committee("441802009"), "张伟", number=NUMBER, phone=PHONE)
    person(cast.committee("441802103"), "张伟", number=OTHER_NUMBER, phone=OTHER_PHONE)
    person(cast.committee("441802103"), "刘霞明", phone="19900004444")
    row = typed(text)
    with open_draft(cast.recorder_441802, row) as draft:
        (shown,) = rows_shown(draft, [row_of(draft, row.key)])
        stored = row_of(draft, row.key)
    assert (stored.fault["code"] if stored.fault else "") == code
    assert len(shown["candidates"]) == candidates
    assert (stored.state == RowState.CHOOSE) == bool(candidates)
    assert (stored.volunteer_id is None) == bool(candidates)


def test_candidates_can_be_told_apart(cast: Cast) -> None:
    first = person(cast.committee("441802009"), "张伟", phone=PHONE, birth_date=date(2001, 1, 1))
    person(cast.committee("441802103"), "张伟", phone=OTHER_PHONE)
    with as_owner():
        ServiceRecordFactory(volunteer=first, served_on=date(2026, 4, 3))
    row = typed("张伟")
    with open_draft(cast.recorder_441802, row) as draft:
        (shown,) = rows_shown(draft, [row_of(draft, row.key)])
        told = {each["number"]: each for each in shown["candidates"]}
        assert told[first.number]["township"] == "横荷街道"
        assert told[first.number]["phone"] == "199****1111"
        assert told[first.number]["last_served"] == "2026-04-03"
        save(draft, cast.recorder_441802, typed(key=row.key, volunteer=first.number))
        assert row_of(draft, row.key).state == RowState.READY


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("无此人", "unknown_name"),
        ("张伟 19900009999", "choose_contradiction"),
        ("19900009999", "unknown_phone"),
        (f"生人 {identity_number(16)}", "unknown_volunteer"),
        ("9876", "unknown_number"),
    ],
)
def test_unknown_people_are_said_to_be_unknown(cast: Cast, text: str, code: str) -> None:
    person(cast.committee("441802009"), "张伟", phone=PHONE)
    state, field, said = verdict(cast, text)
    assert (field, said) == ("person", code)
    assert state == (RowState.CHOOSE if code.startswith("choose") else RowState.REFUSED)


def test_people_of_other_committees_are_found_by_number_and_name_only(cast: Cast) -> None:
    hidden = person(cast.committee("440606103"), "何处人", number=NUMBER, phone=PHONE)
    for text in ("何处人", PHONE, NUMBER, f"何处 {NUMBER}", f"何处人 {PHONE}", "1111", "hcr"):
        state, _field, _code = verdict(cast, text)
        assert state == RowState.REFUSED, text
    row = typed(f"何处人 {NUMBER}")
    with open_draft(cast.recorder_441802, row) as draft:
        stored = row_of(draft, row.key)
        assert (stored.volunteer_id, stored.state) == (hidden.pk, RowState.READY)
        (shown,) = rows_shown(draft, [stored])
        assert shown["volunteer"] | {"id": ""} == {
            "id": "", "number": hidden.number, "name": "何处人", "township": "", "age": None,
            "phone": "", "last_served": None, "visitor": True,
        }  # fmt: skip
        # What the page sends back names the same person; what somebody makes up names nobody.
        token = shown["volunteer"]["id"]
        save(draft, cast.recorder_441802, typed("何处人", key=row.key, volunteer=token, note="注"))
        assert row_of(draft, row.key).volunteer_id == hidden.pk
        made_up = typed("", volunteer=hidden.number)
        save(draft, cast.recorder_441802, made_up)
        assert row_of(draft, made_up.key).volunteer_id is None


def test_withdrawn_people_are_refused(cast: Cast) -> None:
    person(cast.committee("441802009"), "张伟", number=NUMBER, state=VolunteerState.WITHDRAWN)
    assert verdict(cast, "张伟")[2] == "withdrawn"
    assert verdict(cast, NUMBER)[2] == "withdrawn"


@pytest.mark.parametrize(
    ("cells", "state", "field", "code"),
    [
        ({"date": "2030-01-01"}, "refused", "date", "date_in_future"),
        ({"date": "昨天"}, "refused", "date", "date_unknown"),
        ({"start": "17:00"}, "refused", "end", "ends_before_start"),
        ({"start": "25:00"}, "refused", "start", "time_impossible"),
        ({"end": "9"}, "refused", "end", "time_unknown"),
        ({"hours": "3"}, "refused", "hours", "more_than_stretch"),
        ({"hours": "0"}, "refused", "hours", "hours_none"),
        ({"activity": "长" * 101}, "refused", "activity", "text_too_long"),
    ],
)
def test_cells_are_judged_as_an_import_judges_them(
    cast: Cast, cells: dict[str, str], state: str, field: str, code: str
) -> None:
    assert verdict(cast, cast.volunteer.name, **cells) == (state, field, code)


def test_what_is_missing_is_not_yet_wrong(cast: Cast) -> None:
    row, nobody, blank = typed(cast.volunteer.name), typed("", hours="2"), typed("")
    with open_draft(cast.recorder_441802, row, nobody, blank, date="", start="", end="") as draft:
        assert row_of(draft, row.key).fault == {"code": "date_missing", "params": {}}
        assert row_of(draft, row.key).state == RowState.INCOMPLETE
        assert row_of(draft, nobody.key).fault == {"code": "person_missing", "params": {}}
        assert row_of(draft, blank.key).state == RowState.EMPTY


def at(start: int, end: int) -> tuple[datetime, datetime]:
    """Hours of 16 May by the portal's clock, which is eight ahead."""
    return tuple(datetime(2026, 5, 16, hour - 8, tzinfo=UTC) for hour in (start, end))  # type: ignore[return-value]


def test_records_stand_in_the_way_and_those_of_others_tell_nothing(cast: Cast) -> None:
    volunteer, day = cast.volunteer, date(2026, 5, 16)
    with as_owner():
        ServiceRecordFactory(
            volunteer=volunteer, activity_title="巡河", served_on=day, during=at(14, 15)
        )
        ServiceRecordFactory(
            volunteer=volunteer,
            committee=cast.committee("440606"),
            activity_title="暗处",
            served_on=day,
            during=at(18, 19),
        )
    seen = typed(volunteer.name)
    hidden = typed(volunteer.name, start="18:30", end="19:30", position=2)
    with open_draft(cast.recorder_441802, seen, hidden) as draft:
        fault = row_of(draft, seen.key).fault
        assert fault == {
            "code": "overlaps_record",
            "params": {"activity": "巡河", "start": "14:00", "end": "15:00"},
        }
        assert row_of(draft, hidden.key).fault == {"code": "overlaps_elsewhere", "params": {}}


def test_rows_of_a_draft_stand_in_each_others_way(cast: Cast) -> None:
    name = cast.volunteer.name
    first, same = typed(name, position=1), typed(name, position=2)
    overlapping = typed(name, start="15:00", end="17:00", position=3)
    with open_draft(cast.recorder_441802, overlapping, same, first) as draft:
        assert row_of(draft, first.key).state == RowState.READY
        assert row_of(draft, same.key).fault["code"] == "repeated"  # type: ignore[index]
        assert row_of(draft, same.key).fault["params"] == {"row": 1}  # type: ignore[index]
        assert row_of(draft, overlapping.key).fault["code"] == "overlaps_row"  # type: ignore[index]


def test_a_day_has_no_more_than_24_hours(cast: Cast) -> None:
    name = cast.volunteer.name
    long = typed(name, hours="20", position=1)
    more = typed(name, hours="5", activity="巡河", position=2)
    with open_draft(cast.recorder_441802, long, more, start="", end="") as draft:
        assert row_of(draft, long.key).state == RowState.READY
        stored = row_of(draft, more.key)
        assert (stored.field, stored.fault["code"]) == ("hours", "day_is_full")  # type: ignore[index]


def test_many_rows_are_checked_by_as_few_statements_as_three(cast: Cast) -> None:
    counted = []
    for number in (3, 30):
        with as_owner():
            people = [
                VolunteerFactory(
                    committee=cast.committee("441802009"),
                    name=f"人{'甲乙丙'[n % 3]}{'子丑寅卯辰巳午未申酉'[n // 3]}",
                )
                for n in range(number)
            ]
        with open_draft(cast.recorder_441802) as draft:
            rows = [typed(each.name, position=n) for n, each in enumerate(people)]
            with CaptureQueriesContext(connection) as queries:
                save(draft, cast.recorder_441802, *rows)
            assert draft.rows.filter(state=RowState.READY).count() == number
        counted.append(len(queries))
        with as_owner():
            Volunteer.objects.filter(pk__in=[each.pk for each in people]).update(name="旧人")
    assert counted[0] == counted[1]
