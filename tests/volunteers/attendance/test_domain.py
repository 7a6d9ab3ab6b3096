"""The roll, and what becomes of it: never minutes that nobody served, never confirmed by a hand."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Activity, Shift
from volunteers.attendance.domain import (
    mark_all_present,
    mark_attendance,
    settle_activity,
)
from volunteers.attendance.models import Attendance, Mark
from volunteers.attendance.summary import summary_of
from volunteers.hours.domain import confirm_hours
from volunteers.hours.models import HoursSheet, ServiceRecord
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


@pytest.fixture
def shift(cast: Cast) -> Shift:
    """Noon to two o'clock, three days from now; two people have a place."""
    with time_machine.travel(timezone.localtime().replace(hour=12, minute=0, second=0)):
        made = call(cast, places=2)
    for actor in (cast.person, another(cast)):
        with acting_as(actor.scope):
            sign_up(made, actor=actor)
    return made


def refused(actor: Actor, verb: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said, acting_as(actor.scope):
        verb()
    return said.value.code


def signups(shift: Shift) -> list[SignUp]:
    with as_owner():
        return list(SignUp.objects.filter(shift=shift).order_by("pk"))


def marked(signup: SignUp, actor: Actor, mark: Mark, **times: Any) -> Attendance:
    with acting_as(actor.scope):
        return mark_attendance(signup, actor=actor, mark=mark, **times)


def settled(shift: Shift, actor: Actor) -> HoursSheet | None:
    with acting_as(actor.scope):
        activity = Activity.objects.get(pk=shift.activity_id)
        return settle_activity(activity, actor=actor)


def test_settling_makes_submitted_records_that_no_hand_confirms(cast: Cast, shift: Shift) -> None:
    recorder, secretary = cast.recorder_441802, cast.county_441802
    late, _other = signups(shift)
    with time_machine.travel(shift.starts_at + timedelta(hours=3)):
        came = shift.starts_at + timedelta(minutes=30)
        marked(late, secretary, Mark.LATE, came_at=came)
        with acting_as(recorder.scope):
            assert mark_all_present(shift, actor=recorder) == 1
            summary = summary_of(Activity.objects.get())
            assert (summary.came, summary.late, summary.minutes) == (1, 1, 210)
        sheet = settled(shift, recorder)
        assert sheet is not None
        with as_owner():
            found = ServiceRecord.objects.filter(sheet=sheet).order_by("minutes")
            assert [(r.minutes, r.state, r.source) for r in found] == [
                (90, "submitted", "roll_call"),
                (120, "submitted", "roll_call"),
            ]
            assert Activity.objects.get().state == "settled"
        assert refused(
            secretary,
            lambda: confirm_hours(ServiceRecord.objects.filter(sheet=sheet), actor=secretary),
        ), "who marked has had a hand in it"
        with acting_as(cast.city_4418.scope):
            confirm_hours(ServiceRecord.objects.filter(sheet=sheet), actor=cast.city_4418)
            assert ServiceRecord.objects.confirmed().filter(sheet=sheet).count() == 2


def test_nobody_is_marked_before_the_start_or_once_it_is_settled(cast: Cast, shift: Shift) -> None:
    recorder = cast.recorder_441802
    first, second = signups(shift)
    assert refused(recorder, lambda: mark_all_present(shift, actor=recorder)) == "not_begun"
    with time_machine.travel(shift.starts_at + timedelta(minutes=5)):
        marked(first, recorder, Mark.CAME)
        activity = shift.activity
        assert refused(recorder, lambda: settle_activity(activity, actor=recorder)) == "not_ended"
    with time_machine.travel(shift.ends_at + timedelta(minutes=5)):
        assert refused(recorder, lambda: settle_activity(activity, actor=recorder)) == "unmarked"
        marked(second, recorder, Mark.NO_SHOW)
        settled(shift, recorder)
        again = lambda: mark_attendance(first, actor=recorder, mark=Mark.NO_SHOW)  # noqa: E731
        assert refused(recorder, again) == "state"
        assert refused(recorder, lambda: settle_activity(activity, actor=recorder)) == "state"
    with as_owner():
        assert ServiceRecord.objects.count() == 1


@pytest.mark.parametrize(
    ("came", "left", "code"),
    [
        (timedelta(hours=1), timedelta(hours=1), "ends_before_start"),
        (timedelta(hours=-4), timedelta(hours=1), "outside_shift"),
        (timedelta(0), timedelta(hours=6), "outside_shift"),
        (timedelta(0), timedelta(hours=4), "in_future"),
    ],
)
def test_times_that_cannot_be_are_refused(
    cast: Cast, shift: Shift, came: timedelta, left: timedelta, code: str
) -> None:
    recorder = cast.recorder_441802
    signup, _other = signups(shift)
    with time_machine.travel(shift.starts_at + timedelta(hours=3)):
        came_at, left_at = shift.starts_at + came, shift.starts_at + left
        asked = lambda: mark_attendance(  # noqa: E731
            signup, actor=recorder, mark=Mark.CAME, came_at=came_at, left_at=left_at
        )
        assert refused(recorder, asked) == code


def test_night_shift_is_recorded_by_day(cast: Cast) -> None:
    recorder = cast.recorder_441802
    evening = timezone.localtime().replace(hour=21, minute=30, second=0, microsecond=0)
    with time_machine.travel(evening, tick=False):
        shift = call(cast, days=3)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(ends_at=shift.starts_at + timedelta(hours=9))
        shift.refresh_from_db()
    with acting_as(cast.person.scope):
        sign_up(shift, actor=cast.person)
    with time_machine.travel(shift.ends_at + timedelta(minutes=5)):
        with acting_as(recorder.scope):
            mark_all_present(shift, actor=recorder)
        settled(shift, recorder)
    with as_owner():
        evening_part, morning = ServiceRecord.objects.order_by("served_on")
        assert (evening_part.minutes, morning.minutes) == (150, 390)
        assert morning.served_on == evening_part.served_on + timedelta(days=1)
        assert Attendance.objects.get().record == evening_part


def test_mark_said_again_counts_once(cast: Cast, shift: Shift) -> None:
    recorder = cast.recorder_441802
    signup, _other = signups(shift)
    with time_machine.travel(shift.ends_at):
        marked(signup, recorder, Mark.CAME)
        marked(signup, recorder, Mark.NO_SHOW)
    with as_owner():
        (found,) = Attendance.objects.all()
        assert (found.mark, found.came_at) == ("no_show", None)


def test_time_that_is_recorded_already_stops_the_whole_and_names_who(
    cast: Cast, shift: Shift
) -> None:
    recorder = cast.recorder_441802
    with as_owner():
        ServiceRecordFactory(
            committee=cast.committee("441802"),
            volunteer=cast.volunteer,
            served_on=timezone.localdate(shift.starts_at),
            during=signups(shift)[0].during,
            minutes=120,
        )
    with time_machine.travel(shift.ends_at + timedelta(minutes=5)):
        with acting_as(recorder.scope):
            mark_all_present(shift, actor=recorder)
        with pytest.raises(Refusal, match=cast.volunteer.name), acting_as(recorder.scope):
            settle_activity(Activity.objects.get(), actor=recorder)
    with as_owner():
        assert ServiceRecord.objects.count() == 1
        assert Activity.objects.get().state == "published"


def test_who_waits_is_not_marked(cast: Cast, shift: Shift) -> None:
    waiting, recorder = another(cast), cast.recorder_441802
    with acting_as(waiting.scope):
        signup = sign_up(shift, actor=waiting)
    with time_machine.travel(shift.ends_at):
        ask = lambda: mark_attendance(signup, actor=recorder, mark=Mark.CAME)  # noqa: E731
        assert refused(recorder, ask) == "no_place"


def test_database_keeps_times_with_who_served(cast: Cast, shift: Shift) -> None:
    signup, _other = signups(shift)
    with time_machine.travel(shift.ends_at):
        attendance = marked(signup, cast.recorder_441802, Mark.CAME)
    with as_owner(), pytest.raises(IntegrityError, match="times_of_who"), transaction.atomic():
        Attendance.objects.filter(pk=attendance.pk).update(mark="no_show")
