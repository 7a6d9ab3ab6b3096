"""Scans: never changed, never a minute outside of them, whatever their order."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Any
from uuid import uuid4

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.hours.races import race
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.attendance.domain import mark_all_present, mark_attendance, settle_activity
from volunteers.attendance.models import Attendance, Mark
from volunteers.attendance.summary import summary_of
from volunteers.checkins.domain import check_in
from volunteers.checkins.models import CheckIn, Direction, Way
from volunteers.checkins.queries import Scans
from volunteers.checkins.summary.codes import shift_code, shift_of_code, signup_code, signup_of_code
from volunteers.checkins.summary.finding import signup_at_door
from volunteers.checkins.summary.stretches import stretch_of
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.signups.domain import sign_up, withdraw
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db
MINUTE = timedelta(minutes=1)


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """Noon to two o'clock, three days from now; the cast's volunteer and another have a place."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0, second=0)):
        made = call(cast, places=2)
    for actor in (cast.person, another(cast)):
        with acting_as(actor.scope):
            sign_up(made, actor=actor)
    return made


def signup_of(shift: Shift, actor: Actor) -> SignUp:
    with as_owner():
        return SignUp.objects.get(shift=shift, volunteer=actor.scope.volunteer)


def come(shift: Shift, actor: Actor, minutes: float, **more: Any) -> CheckIn:
    """The volunteer scans the code at the door so many minutes after the start."""
    signup = signup_of(shift, actor)
    moment = shift.starts_at + timedelta(minutes=minutes)
    with time_machine.travel(moment, tick=False), acting_as(actor.scope):
        return check_in(signup, actor=actor, way=Way.OWN_SCAN, **more)


def code_of(refused: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said:
        refused()
    return said.value.code


def settled(shift: Shift, actor: Actor) -> HoursSheet | None:
    with time_machine.travel(shift.ends_at + timedelta(hours=1)), acting_as(actor.scope):
        return settle_activity(Activity.objects.get(pk=shift.activity_id), actor=actor)


def test_scans_in_and_out_become_the_hours(cast: Cast, shift: Shift) -> None:
    recorder, one = cast.recorder_441802, cast.person
    assert come(shift, one, -20).direction == Direction.IN
    assert come(shift, one, 95).direction == Direction.OUT
    late = signup_of(shift, one)
    with as_owner():
        other = SignUp.objects.filter(shift=shift).exclude(pk=late.pk).get()
    with time_machine.travel(shift.starts_at + 30 * MINUTE), acting_as(recorder.scope):
        check_in(other, actor=recorder, way=Way.KIOSK)
        assert mark_all_present(shift, actor=recorder) == 0, "scans know better"
    with time_machine.travel(shift.ends_at + MINUTE), acting_as(recorder.scope):
        summary = summary_of(Activity.objects.get())
        assert (summary.came, summary.late, summary.one_sided) == (1, 1, 1)
        assert (summary.unmarked, summary.minutes) == (0, 95 + 90)
    sheet = settled(shift, recorder)
    with as_owner():
        records = ServiceRecord.objects.filter(sheet=sheet).order_by("minutes")
        assert [(each.minutes, each.source) for each in records] == [
            (90, "one_scan"),
            (95, "both_scans"),
        ]
        assert sheet is not None
        assert sheet.source == "one_scan"
        summary = summary_of(Activity.objects.get())
        assert (summary.came, summary.late, summary.one_sided) == (1, 1, 1), "as before settling"


def test_who_scanned_others_confirms_none_of_it(cast: Cast, shift: Shift) -> None:
    recorder, secretary = cast.recorder_441802, cast.county_441802
    with as_owner():
        signups = list(SignUp.objects.filter(shift=shift))
    with time_machine.travel(shift.starts_at), acting_as(secretary.scope):
        for signup in signups:
            check_in(signup, actor=secretary, way=Way.DESK_SCAN)
    sheet = settled(shift, recorder)
    waiting = ServiceRecord.objects.filter(sheet=sheet)
    with acting_as(secretary.scope):
        assert code_of(lambda: confirm_hours(waiting, actor=secretary)) == "own_entry"
    with acting_as(cast.city_4418.scope):
        assert confirm_hours(waiting, actor=cast.city_4418).count == 2


def test_what_the_organiser_says_is_the_last_word(cast: Cast, shift: Shift) -> None:
    recorder, one = cast.recorder_441802, cast.person
    come(shift, one, 0)
    with time_machine.travel(shift.starts_at + 30 * MINUTE), acting_as(recorder.scope):
        mark_attendance(signup_of(shift, one), actor=recorder, mark=Mark.EXCUSED)
        mark_all_present(shift, actor=recorder)
    settled(shift, recorder)
    with as_owner():
        assert Attendance.objects.get(signup__volunteer=one.scope.volunteer).mark == "excused"


def test_way_out_alone_waits_for_the_organiser(cast: Cast, shift: Shift) -> None:
    recorder, one = cast.recorder_441802, cast.person
    come(shift, one, 100, direction=Direction.OUT)
    with time_machine.travel(shift.ends_at + MINUTE), acting_as(recorder.scope):
        assert summary_of(Activity.objects.get()).unmarked == 2
        activity = Activity.objects.get()
        assert code_of(lambda: settle_activity(activity, actor=recorder)) == "unmarked"


def test_scanned_twice_is_scanned_once(cast: Cast, shift: Shift) -> None:
    one = cast.person
    first = come(shift, one, 0)
    assert come(shift, one, 3) == first, "a finger that trembles"
    assert come(shift, one, 60).direction == Direction.OUT
    nonce = uuid4()
    kept = come(shift, one, 90, nonce=nonce)
    assert come(shift, one, 100, nonce=nonce) == kept, "sent again"
    with as_owner():
        assert CheckIn.objects.count() == 3


@pytest.mark.django_db(transaction=True)
def test_two_devices_at_one_moment_write_one_scan(cast: Cast) -> None:
    shift = call(cast, days=0)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(starts_at=timezone.now() + 30 * MINUTE)
        shift.refresh_from_db()
    with acting_as(cast.person.scope):
        signup = sign_up(shift, actor=cast.person)
    one, other = cast.recorder_441802, cast.county_441802
    first, second = race(
        one,
        lambda: check_in(signup, actor=one, way=Way.KIOSK),
        other,
        lambda: check_in(signup, actor=other, way=Way.DESK_SCAN),
    )
    assert first == second


@pytest.mark.parametrize(
    ("minutes", "code"), [(-61, "not_begun"), (120 + 181, "over")], ids=["before", "after"]
)
def test_door_is_open_around_the_shift(cast: Cast, shift: Shift, minutes: int, code: str) -> None:
    assert code_of(lambda: come(shift, cast.person, minutes)) == code


def test_clock_that_runs_ahead_is_refused(cast: Cast, shift: Shift) -> None:
    at = shift.starts_at + 10 * MINUTE
    assert code_of(lambda: come(shift, cast.person, 0, at=at)) == "ahead"


def test_who_has_no_place_is_not_scanned(cast: Cast, shift: Shift) -> None:
    with acting_as(cast.person.scope):
        signup = signup_of(shift, cast.person)
        withdraw(signup, actor=cast.person, reason="")
    assert code_of(lambda: come(shift, cast.person, 0)) == "no_place"


def test_volunteer_scans_nobody_else(cast: Cast, shift: Shift) -> None:
    other = another(cast)
    signup = signup_of(shift, cast.person)
    with time_machine.travel(shift.starts_at), acting_as(other.scope):
        with pytest.raises(SignUp.DoesNotExist):
            check_in(signup, actor=other, way=Way.OWN_SCAN)
        with pytest.raises(PermissionDenied):
            check_in(signup, actor=other, way=Way.KIOSK)


def test_database_takes_a_volunteers_scan_for_the_own_place_only(cast: Cast, shift: Shift) -> None:
    one = cast.person
    mine = signup_of(shift, one)
    row = {
        "committee_id": mine.committee_id,
        "shift": shift,
        "direction": "in",
        "at": timezone.now(),
        "by_label": "我",
    }
    with as_owner():
        other = SignUp.objects.filter(shift=shift).exclude(pk=mine.pk).get()
    for signup, way in ((other, "own_scan"), (mine, "kiosk")):
        with (
            acting_as(one.scope),
            pytest.raises(ProgrammingError, match="row-level"),
            transaction.atomic(),
        ):
            CheckIn.objects.create(signup=signup, way=way, **row)
    with acting_as(one.scope):
        made = CheckIn.objects.create(signup=mine, way="own_scan", **row)
        with pytest.raises(ProgrammingError, match="denied"), transaction.atomic():
            CheckIn.objects.filter(pk=made.pk).update(at=shift.starts_at)
    with as_owner(), pytest.raises(IntegrityError, match="not_ahead"), transaction.atomic():
        CheckIn.objects.create(signup=mine, way="kiosk", **row | {"at": shift.ends_at})


def test_code_at_the_door_is_useless_later(shift: Shift) -> None:
    at = datetime(2026, 5, 1, 4, 0, 10, tzinfo=timezone.get_current_timezone())
    code = shift_code(shift.pk, at=at)
    assert shift_of_code(code, at=at + timedelta(seconds=60)) == shift.pk
    assert shift_of_code(code, at=at + timedelta(seconds=90)) is None
    assert shift_code(shift.pk, at=at + timedelta(seconds=30)) != code
    number, _dot, seal = code.partition(".")
    for made_up in (f"{int(number) + 1}.{seal}", number, "", "一.二", f"{number}.", f".{seal}"):
        assert shift_of_code(made_up, at=at) is None
        assert signup_of_code(made_up) is None
    assert signup_of_code(code) is None, "a shift's code is nobody's own"
    assert signup_of_code(signup_code(12)) == 12


def test_who_is_meant_at_the_door(cast: Cast, shift: Shift) -> None:
    recorder, signup = cast.recorder_441802, signup_of(shift, cast.person)
    with as_owner():
        tail = cast.volunteer.phone_mask[-4:]
        assert SignUp.objects.filter(volunteer__phone_mask__endswith=tail).count() >= 1
    with acting_as(recorder.scope):
        assert signup_at_door(shift, signup_code(signup.pk)) == signup
        assert signup_at_door(shift, f" {signup.volunteer_number} ") == signup
        elsewhere = call(cast)
        assert code_of(lambda: signup_at_door(elsewhere, signup_code(signup.pk))) == "unknown"
        assert code_of(lambda: signup_at_door(shift, "9876")) == "unknown"
        assert code_of(lambda: signup_at_door(shift, tail)) == "several", "the other one's as well"
        assert code_of(lambda: signup_at_door(shift, "王")) == "unreadable"


def test_four_digits_name_one_person_or_nobody(cast: Cast) -> None:
    shift = call(cast, places=3)
    people = [another(cast, phone_mask=f"199****{tail}") for tail in ("1234", "1234", "4321")]
    for actor in people:
        with acting_as(actor.scope):
            sign_up(shift, actor=actor)
    with acting_as(cast.recorder_441802.scope):
        found = signup_at_door(shift, "4321")
        assert found.volunteer_id == people[2].scope.volunteer
        assert code_of(lambda: signup_at_door(shift, "1234")) == "several"


SCANS = st.lists(
    st.tuples(st.sampled_from(Direction), st.integers(min_value=-59, max_value=299)),
    min_size=1,
    max_size=8,
)


@given(scans=SCANS, order=st.randoms(use_true_random=False))
def test_order_of_scans_changes_nothing_and_no_minute_is_invented(
    scans: list[tuple[Direction, int]], order: Any
) -> None:
    start = datetime(2026, 5, 1, 4, tzinfo=timezone.get_current_timezone())
    shift = Shift(starts_at=start, ends_at=start + 120 * MINUTE)

    def stretch(rows: list[tuple[Direction, int]]) -> Any:
        came = [minute for direction, minute in rows if direction == Direction.IN]
        left = [minute for direction, minute in rows if direction == Direction.OUT]
        return stretch_of(
            shift,
            Scans(
                start + min(came) * MINUTE if came else None,
                start + max(left) * MINUTE if left else None,
            ),
        )

    found = stretch(scans)
    shuffled = list(scans)
    order.shuffle(shuffled)
    assert stretch(shuffled) == found
    assert stretch([*scans, *scans]) == found
    if found is None:
        return
    came = min(minute for direction, minute in scans if direction == Direction.IN)
    assert shift.starts_at <= found.came_at < found.left_at <= shift.ends_at
    assert found.came_at >= start + came * MINUTE
    left = [minute for direction, minute in scans if direction == Direction.OUT]
    if left:
        assert found.left_at <= start + max(left) * MINUTE
    assert found.one_sided == (not left)
