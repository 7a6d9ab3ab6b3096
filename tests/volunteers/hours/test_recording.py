"""Entering hours: what is kept, and which rule refuses what."""

from __future__ import annotations

from datetime import date, time, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from tests.volunteers.hours.desk import AFTERNOON, DAY, at, enter, only
from volunteers.hours.domain import Stretch, amend_draft, confirm_hours, submit_hours
from volunteers.hours.models import RecordSource, RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries import clock_of


def test_record_awaits_confirmation_and_says_how_it_came_to_be(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        enter(actor, cast.volunteer)
        record = ServiceRecord.objects.select_related("sheet").get()
    assert record.state == RecordState.SUBMITTED
    assert record.minutes == 120
    assert clock_of(record.during) == ("14:00", "16:00")
    assert record.source == RecordSource.BACKFILL
    assert record.recorded_by == actor.user
    assert record.recorded_by_label == "county-441802-recorder（清城区）"
    assert record.volunteer_name == cast.volunteer.name
    assert record.volunteer_number == cast.volunteer.number
    assert record.sheet.evidence == "签到表照片"


def test_record_belongs_to_the_committee_that_enters_it(cast: Cast) -> None:
    with acting_as(cast.county_441802.scope):
        record = enter(cast.county_441802, cast.volunteer)
    assert cast.volunteer.committee == cast.committee("441802009")
    assert record.committee_id == record.sheet.committee_id == cast.committee("441802").path


def test_records_of_one_paper_share_a_sheet_of_the_enterer(cast: Cast) -> None:
    actor = cast.recorder_441802
    with as_owner():
        other = VolunteerFactory(committee=cast.committee("441802103"))
    with acting_as(actor.scope):
        first, second = enter(actor, cast.volunteer), enter(actor, other)
    assert first.sheet == second.sheet


@pytest.mark.parametrize(
    ("when", "code"),
    [
        (Stretch(served_on=DAY), "hours_missing"),
        (Stretch(served_on=DAY, minutes=0), "hours_missing"),
        (Stretch(served_on=DAY, minutes=1441), "hours_exceed_stretch"),
        (Stretch(served_on=DAY, start=time(8), minutes=60), "time_missing"),
        (Stretch(served_on=DAY, end=time(8), minutes=60), "time_missing"),
        (at("14:00", "14:00"), "ends_before_start"),
        (at("14:00", "13:00"), "ends_before_start"),
        (at("14:00", "16:00", minutes=121), "hours_exceed_stretch"),
    ],
)
def test_stretch_that_cannot_be_is_refused(cast: Cast, when: Stretch, code: str) -> None:
    with acting_as(cast.recorder_441802.scope):
        with pytest.raises(Refusal) as refused:
            enter(cast.recorder_441802, cast.volunteer, when)
        assert not ServiceRecord.objects.exists()
    assert refused.value.code == code


def test_service_of_tomorrow_is_refused(cast: Cast) -> None:
    tomorrow = timezone.localdate() + timedelta(days=1)
    with acting_as(cast.recorder_441802.scope), pytest.raises(Refusal) as refused:
        enter(cast.recorder_441802, cast.volunteer, at("08:00", "09:00", on=tomorrow))
    assert refused.value.code == "date_in_future"


def test_service_of_today_is_taken(cast: Cast) -> None:
    today = at("00:00", "00:01", on=timezone.localdate())
    with acting_as(cast.recorder_441802.scope):
        assert enter(cast.recorder_441802, cast.volunteer, today).minutes == 1


def test_breaks_may_shorten_a_stretch(cast: Cast) -> None:
    with acting_as(cast.recorder_441802.scope):
        record = enter(cast.recorder_441802, cast.volunteer, at("08:00", "17:00", minutes=480))
    assert record.minutes == 480


def test_overlap_names_the_record_that_stands(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        enter(actor, cast.volunteer, AFTERNOON)
        with pytest.raises(Refusal) as refused:
            enter(actor, cast.volunteer, at("15:59", "17:00"), activity_title="河小青")
        assert ServiceRecord.objects.count() == 1
    assert refused.value.code == "overlap"
    assert "“敬老院探访”" in str(refused.value)
    assert "14:00–16:00" in str(refused.value)


def test_stretches_that_touch_do_not_overlap(cast: Cast) -> None:
    with acting_as(cast.recorder_441802.scope):
        enter(cast.recorder_441802, cast.volunteer, at("14:00", "16:00"))
        enter(cast.recorder_441802, cast.volunteer, at("16:00", "17:00"))
        assert ServiceRecord.objects.count() == 2


def test_overlap_with_another_committees_record_names_nothing_of_it(cast: Cast) -> None:
    with as_owner():
        hidden = ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("440606103"),
            activity_title="水乡清漂",
            served_on=DAY,
            during=AFTERNOON.during,
        )
    with acting_as(cast.recorder_441802.scope), pytest.raises(Refusal) as refused:
        enter(cast.recorder_441802, cast.volunteer, AFTERNOON)
    assert refused.value.code == "overlap"
    assert hidden.activity_title not in str(refused.value)
    assert "14:00" not in str(refused.value)


def test_day_holds_24_hours_of_all_committees_together(cast: Cast) -> None:
    with as_owner():
        ServiceRecordFactory(
            volunteer=cast.volunteer,
            committee=cast.committee("440606103"),
            served_on=DAY,
            during=None,
            minutes=1000,
        )
        ServiceRecordFactory(
            volunteer=cast.volunteer,
            served_on=DAY,
            during=None,
            minutes=300,
            state="void",
            voided=True,
            void_reason="重复",
        )
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        with pytest.raises(Refusal) as refused:
            enter(actor, cast.volunteer, Stretch(served_on=DAY, minutes=441))
        assert enter(actor, cast.volunteer, Stretch(served_on=DAY, minutes=440)).minutes == 440
    assert refused.value.code == "day_is_full"


@pytest.mark.parametrize(
    ("changes", "code"),
    [
        ({"activity_title": "  "}, "activity_title_missing"),
        ({"activity_title": "长" * 101}, "activity_title_too_long"),
        ({"note": "长" * 201}, "note_too_long"),
    ],
)
def test_texts_are_asked_for_and_have_an_end(
    cast: Cast, changes: dict[str, Any], code: str
) -> None:
    with acting_as(cast.recorder_441802.scope), pytest.raises(Refusal) as refused:
        enter(cast.recorder_441802, cast.volunteer, **changes)
    assert refused.value.code == code


def test_who_has_withdrawn_gets_no_new_record(cast: Cast) -> None:
    with as_owner():
        person = VolunteerFactory(committee=cast.committee("441802009"), state="withdrawn")
    with acting_as(cast.recorder_441802.scope), pytest.raises(Refusal) as refused:
        enter(cast.recorder_441802, person)
    assert refused.value.code == "volunteer_withdrawn"


def test_same_nonce_answers_with_the_first_record(cast: Cast) -> None:
    nonce = uuid4()
    with acting_as(cast.recorder_441802.scope):
        first = enter(cast.recorder_441802, cast.volunteer, nonce=nonce)
        again = enter(cast.recorder_441802, cast.volunteer, nonce=nonce)
        assert ServiceRecord.objects.get() == first == again


def test_nonce_of_a_hidden_record_is_refused_without_telling_whose(cast: Cast) -> None:
    nonce = uuid4()
    with as_owner():
        stranger = VolunteerFactory(committee=cast.committee("440606103"))
        ServiceRecordFactory(volunteer=stranger, nonce=nonce)
    with acting_as(cast.recorder_441802.scope), pytest.raises(Refusal) as refused:
        enter(cast.recorder_441802, cast.volunteer, nonce=nonce)
    assert refused.value.code == "nonce_used"


@pytest.mark.parametrize("username", ["province-auditor", "volunteer"])
def test_recording_needs_the_right(cast: Cast, username: str) -> None:
    actor = cast.actor(username)
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        enter(actor, cast.volunteer)


def test_draft_is_amended_then_submitted(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        draft = enter(actor, cast.volunteer, draft=True)
        assert draft.state == RecordState.DRAFT
        amend_draft(
            draft,
            actor=actor,
            activity_title="河小青巡河护水",
            when=at("14:00", "15:00"),
            kind=ServiceKind.ENVIRONMENT,
        )
        result = submit_hours(only(draft), actor=actor)
        record = ServiceRecord.objects.get()
    assert (result.count, result.minutes, result.people) == (1, 60, 1)
    assert (record.state, record.activity_title) == (RecordState.SUBMITTED, "河小青巡河护水")


def test_who_amends_a_draft_has_entered_it(cast: Cast) -> None:
    with acting_as(cast.recorder_441802.scope):
        draft = enter(cast.recorder_441802, cast.volunteer, draft=True)
    with acting_as(cast.county_441802.scope):
        amended = amend_draft(
            draft,
            actor=cast.county_441802,
            activity_title="敬老院探访",
            when=at("14:00", "15:30"),
            kind=ServiceKind.ELDERLY,
        )
    assert amended.recorded_by == cast.county_441802.user


def test_who_entered_a_draft_that_another_amended_is_no_second_person(cast: Cast) -> None:
    first, second = cast.county_441802, cast.recorder_441802
    with acting_as(first.scope):
        draft = enter(first, cast.volunteer, draft=True)
    with acting_as(second.scope):
        amend_draft(
            draft,
            actor=second,
            activity_title="敬老院探访",
            when=at("14:00", "15:30"),
            kind=ServiceKind.ELDERLY,
        )
        submit_hours(only(draft), actor=second)
    with acting_as(first.scope), pytest.raises(Refusal) as refused:
        confirm_hours(only(draft), actor=first)
    assert refused.value.code == "own_entry"


def test_submitted_record_is_not_amended(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope):
        record = enter(actor, cast.volunteer)
        with pytest.raises(Refusal) as refused:
            amend_draft(
                record,
                actor=actor,
                activity_title="敬老院探访",
                when=AFTERNOON,
                kind=ServiceKind.ELDERLY,
            )
        with pytest.raises(Refusal):
            submit_hours(only(record), actor=actor)
    assert refused.value.code == "not_draft"


def test_minutes_without_clock_times_are_taken(cast: Cast) -> None:
    when = Stretch(served_on=date(2026, 5, 3), minutes=150)
    with acting_as(cast.recorder_441802.scope):
        enter(cast.recorder_441802, cast.volunteer, when)
        record = ServiceRecord.objects.get()
    assert (record.during, record.minutes) == (None, 150)
