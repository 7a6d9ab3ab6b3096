"""Activities: who writes, who publishes, and what each state allows."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from core.workdays.moving import DayMove
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from volunteers.activities.domain import (
    Call,
    add_series,
    add_shift,
    approve_activity,
    cancel_activity,
    copy_activity,
    create_activity,
    edit_activity,
    remove_shift,
    return_activity,
    submit_activity,
)
from volunteers.activities.models import Activity, Shift

CALL = Call(
    title="河小青巡河护水",
    kind="environment",
    content="沿河清理垃圾",
    place="北江东岸",
    responsible_person="责任人",
    responsible_phone="0763-0000000",
)


def in_two_hours(activity: Activity, actor: Actor, *, hours: float = 2) -> None:
    starts_at = timezone.now() + timedelta(days=1)
    ends_at = starts_at + timedelta(hours=hours)
    add_shift(activity, actor=actor, starts_at=starts_at, ends_at=ends_at, places=5)


def code_of(verb: Callable[[], object]) -> str:
    with pytest.raises(Refusal) as refused:
        verb()
    return refused.value.code


@pytest.fixture
def written(cast: Cast) -> Activity:
    """A draft with one shift, by the county's recorder."""
    with acting_as(cast.recorder_441802.scope):
        activity = create_activity(CALL, actor=cast.recorder_441802)
        in_two_hours(activity, cast.recorder_441802)
    return activity


def test_second_person_publishes_what_was_sent_back_and_mended(
    cast: Cast, written: Activity
) -> None:
    with acting_as(cast.recorder_441802.scope):
        submit_activity(written, actor=cast.recorder_441802)
        with pytest.raises(PermissionDenied):
            approve_activity(written, actor=cast.recorder_441802)
    with acting_as(cast.county_441802.scope):
        head = cast.county_441802
        assert code_of(lambda: return_activity(written, actor=head, reason=" ")) == "reason_missing"
        back = return_activity(written, actor=head, reason="写明风险")
        assert (back.state, back.reason) == ("draft", "写明风险")
    with acting_as(cast.recorder_441802.scope):
        edit_activity(written, replace(CALL, risks="穿救生衣"), actor=cast.recorder_441802)
        assert submit_activity(written, actor=cast.recorder_441802).reason == ""
    with acting_as(cast.county_441802.scope):
        published = approve_activity(written, actor=cast.county_441802)
        assert (published.state, published.risks) == ("published", "穿救生衣")
        assert published.reviewed_by_label == cast.county_441802.label


def test_nobody_publishes_what_they_had_a_hand_in(cast: Cast, written: Activity) -> None:
    head = cast.county_441802
    with acting_as(head.scope):
        edit_activity(written, CALL, actor=head)
        submit_activity(written, actor=head)
        assert code_of(lambda: approve_activity(written, actor=head)) == "own_work"
    assert cast.recorder_441802.user is not None
    assert cast.city_4418.user is not None
    cast.city_4418.user.access_from_id = cast.recorder_441802.user.pk
    cast.city_4418.user.access_from_at = timezone.now()
    with acting_as(cast.city_4418.scope):
        third = cast.city_4418
        assert code_of(lambda: approve_activity(written, actor=third)) == "access_from_hand"


def test_each_state_allows_its_own_verbs(cast: Cast, written: Activity) -> None:
    head, recorder = cast.county_441802, cast.recorder_441802
    with acting_as(recorder.scope):
        submit_activity(written, actor=recorder)
        shift = written.shifts.get()
        assert code_of(lambda: edit_activity(written, CALL, actor=recorder)) == "state"
        assert code_of(lambda: in_two_hours(written, recorder)) == "state"
        assert code_of(lambda: remove_shift(shift, actor=recorder)) == "state"
        assert code_of(lambda: submit_activity(written, actor=recorder)) == "state"
    with acting_as(head.scope):
        approve_activity(written, actor=head)
        assert code_of(lambda: approve_activity(written, actor=head)) == "state"
        assert cancel_activity(written, actor=head, reason="暴雨红色预警").state == "cancelled"
        assert code_of(lambda: cancel_activity(written, actor=head, reason="又")) == "state"


def test_impossible_shifts_and_ages_are_refused(cast: Cast, written: Activity) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        shift = written.shifts.get()
        again: dict[str, Any] = {
            "starts_at": shift.starts_at,
            "ends_at": shift.ends_at,
            "places": 1,
        }
        assert code_of(lambda: add_shift(written, actor=actor, **again)) == "shift_exists"
        for hours in (0, -1, 24.5):
            assert code_of(lambda: in_two_hours(written, actor, hours=hours)) == "shift_times"  # noqa: B023 - called at once
        wrong = replace(CALL, youngest=18, oldest=14)
        assert code_of(lambda: create_activity(wrong, actor=actor)) == "ages"
        remove_shift(shift, actor=actor)
        assert code_of(lambda: submit_activity(written, actor=actor)) == "no_shift"


@pytest.mark.parametrize(
    "broken",
    [{"state": "published"}, {"state": "cancelled"}, {"youngest": 18, "oldest": 14}],
)
def test_database_keeps_the_rules_itself(written: Activity, broken: dict[str, object]) -> None:
    with as_owner(), pytest.raises(IntegrityError), transaction.atomic():
        Activity.objects.filter(pk=written.pk).update(**broken)


def test_series_is_added_as_a_whole_or_not_at_all(cast: Cast, written: Activity) -> None:
    actor = cast.recorder_441802
    starts_at = timezone.now() + timedelta(days=2)

    def add(weeks: int, first: datetime) -> list[Shift]:
        ends_at = first + timedelta(hours=8)
        return add_series(
            written, actor=actor, starts_at=first, ends_at=ends_at, places=3, weeks=weeks
        )

    with acting_as(actor.scope):
        assert code_of(lambda: add(27, starts_at)) == "series_length"
        assert code_of(lambda: add(0, starts_at)) == "series_length"
        assert [shift.starts_at - starts_at for shift in add(26, starts_at)] == [
            timedelta(weeks=number) for number in range(26)
        ]
        # Its second one would be the first of the series above.
        assert code_of(lambda: add(2, starts_at - timedelta(weeks=1))) == "shift_exists"
        assert written.shifts.count() == 27


def test_copy_of_what_is_long_over_lies_ahead(cast: Cast, written: Activity) -> None:
    actor = cast.county_441802
    past = timezone.localtime() - timedelta(weeks=30)
    with as_owner():
        Activity.objects.update(state="cancelled", reason="台风", hands=[1])
        Shift.objects.update(starts_at=past, ends_at=past + timedelta(hours=10), places=7)
    with acting_as(actor.scope):
        copied = copy_activity(written, actor=actor, move=DayMove.WEEK)
        (shift,) = copied.shifts.all()
        assert (copied.state, copied.reason, copied.title) == ("draft", "", CALL.title)
        assert actor.user is not None
        assert copied.hands == [actor.user.pk]
        assert timedelta() < shift.starts_at - timezone.now() <= timedelta(weeks=1)
        assert (shift.starts_at - past) % timedelta(weeks=1) == timedelta()
        assert (shift.ends_at - shift.starts_at, shift.places) == (timedelta(hours=10), 7)
        empty = copy_activity(written, actor=actor, move=DayMove.NONE)
        assert not empty.shifts.exists()


def test_days_that_meet_in_the_next_month_are_one_shift(cast: Cast, written: Activity) -> None:
    """The fourth and the fifth Saturday: the next month has no fifth."""
    actor = cast.recorder_441802
    fourth = datetime(2099, 5, 23, 8, tzinfo=timezone.get_default_timezone())
    with as_owner():
        Shift.objects.all().delete()
    with acting_as(actor.scope):
        add_series(
            written,
            actor=actor,
            starts_at=fourth,
            ends_at=fourth + timedelta(hours=2),
            places=5,
            weeks=2,
        )
        copied = copy_activity(written, actor=actor, move=DayMove.MONTH)
        days = [timezone.localtime(shift.starts_at).day for shift in copied.shifts.all()]
    assert days == [27]
