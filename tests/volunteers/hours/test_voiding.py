"""Void with a reason; a correction voids and replaces."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.volunteers.hours.desk import AFTERNOON, at, enter, only
from volunteers.hours.domain import (
    ask_correction,
    confirm_hours,
    correct_hours,
    void_hours,
)
from volunteers.hours.models import CorrectionRequest, RecordState, ServiceKind, ServiceRecord
from volunteers.hours.queries.history import changes_of

MORNING = at("09:00", "10:30")


@pytest.fixture
def confirmed(cast: Cast) -> ServiceRecord:
    with acting_as(cast.recorder_441802.scope):
        record = enter(cast.recorder_441802, cast.volunteer)
    with acting_as(cast.county_441802.scope):
        confirm_hours(only(record), actor=cast.county_441802)
        record.refresh_from_db()
    return record


def correct(cast: Cast, record: ServiceRecord, **changes: Any) -> ServiceRecord:
    values: dict[str, Any] = {
        "reason": "签到表写的是上午",
        "activity_title": "敬老院探访",
        "when": MORNING,
        "kind": ServiceKind.ELDERLY,
        **changes,
    }
    return correct_hours(record, actor=cast.county_441802, **values)


def test_void_record_stays_readable_with_its_reason(cast: Cast, confirmed: ServiceRecord) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        result = void_hours(only(confirmed), actor=actor, reason=" 重复录入 ")
        record = ServiceRecord.objects.get()
        last = changes_of(record)[-1]
    assert (result.count, result.minutes) == (1, 120)
    assert (record.state, record.voided, record.void_reason) == (RecordState.VOID, True, "重复录入")
    assert record.confirmed_by == actor.user
    assert (last.state, last.reason, last.who) == ("void", "重复录入", "county-441802（清城区）")


def test_time_of_a_void_record_is_free_again(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        void_hours(only(confirmed), actor=cast.county_441802, reason="重复录入")
        assert enter(cast.county_441802, cast.volunteer, AFTERNOON).state == RecordState.SUBMITTED


def test_void_without_a_reason_is_refused(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        with pytest.raises(Refusal) as refused:
            void_hours(only(confirmed), actor=cast.county_441802, reason=" ")
        assert ServiceRecord.objects.get().state == RecordState.CONFIRMED
    assert refused.value.field == "reason"


def test_voiding_again_is_refused(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        void_hours(only(confirmed), actor=cast.county_441802, reason="重复录入")
        with pytest.raises(Refusal) as refused:
            void_hours(only(confirmed), actor=cast.county_441802, reason="再来一次")
        assert ServiceRecord.objects.get().void_reason == "重复录入"
    assert refused.value.code == "already_void"


@pytest.mark.parametrize("username", ["county-441802-recorder", "province-auditor"])
def test_voiding_and_correcting_need_the_right(
    cast: Cast, confirmed: ServiceRecord, username: str
) -> None:
    actor = cast.actor(username)
    with acting_as(actor.scope):
        with pytest.raises(PermissionDenied):
            void_hours(only(confirmed), actor=actor, reason="重复录入")
        with pytest.raises(PermissionDenied):
            correct_hours(
                confirmed,
                actor=actor,
                reason="时间不对",
                activity_title="敬老院探访",
                when=MORNING,
                kind=ServiceKind.ELDERLY,
            )


def test_correction_voids_and_replaces(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        new = correct(cast, confirmed)
        confirmed.refresh_from_db()
    assert (confirmed.state, confirmed.void_reason) == (RecordState.VOID, "签到表写的是上午")
    assert (new.state, new.minutes, new.replaces) == (RecordState.SUBMITTED, 90, confirmed)
    assert new.committee_id == confirmed.committee_id
    assert new.sheet.evidence == "签到表写的是上午"


def test_correction_awaits_a_second_person(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        new = correct(cast, confirmed)
        with pytest.raises(Refusal) as refused:
            confirm_hours(only(new), actor=cast.county_441802)
    assert refused.value.code == "own_entry"
    with acting_as(cast.city_4418.scope):
        assert confirm_hours(only(new), actor=cast.city_4418).minutes == 90


def test_refused_correction_leaves_the_record_standing(
    cast: Cast, confirmed: ServiceRecord
) -> None:
    with acting_as(cast.county_441802.scope):
        enter(cast.county_441802, cast.volunteer, MORNING)
        with pytest.raises(Refusal) as refused:
            correct(cast, confirmed)
        confirmed.refresh_from_db()
        assert ServiceRecord.objects.count() == 2
    assert refused.value.code == "overlap"
    assert confirmed.state == RecordState.CONFIRMED


def test_correction_may_stay_within_the_old_time(cast: Cast, confirmed: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        new = correct(cast, confirmed, when=at("14:30", "15:30"))
    assert new.minutes == 60


@pytest.mark.parametrize("state", ["draft", "void"])
def test_only_what_stands_is_corrected(cast: Cast, state: str) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        record = enter(actor, cast.volunteer, draft=True)
        if state == "void":
            void_hours(only(record), actor=actor, reason="重复录入")
        with pytest.raises(Refusal) as refused:
            correct(cast, record)
    assert refused.value.code == "not_standing"


@pytest.mark.parametrize("verb", ["void", "correct"])
def test_open_request_is_answered_by_voiding_and_correcting(
    cast: Cast, confirmed: ServiceRecord, verb: str
) -> None:
    with acting_as(cast.person.scope):
        ask_correction(confirmed, actor=cast.person, message="我是上午去的")
    actor = cast.county_441802
    with acting_as(actor.scope):
        if verb == "void":
            void_hours(only(confirmed), actor=actor, reason="重复录入")
        else:
            correct(cast, confirmed, reason="重复录入")
        request = CorrectionRequest.objects.get()
    assert (request.state, request.answer) == ("accepted", "重复录入")
    assert request.answered_by == actor.user
