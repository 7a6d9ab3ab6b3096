"""A volunteer asks, the recording committee answers; nobody else does either."""

from __future__ import annotations

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerFactory
from volunteers.hours.domain import ask_correction, decline_correction
from volunteers.hours.models import CorrectionRequest, ServiceRecord


@pytest.fixture
def record(cast: Cast) -> ServiceRecord:
    with as_owner():
        made: ServiceRecord = ServiceRecordFactory(
            volunteer=cast.volunteer, committee=cast.committee("441802")
        )
    return made


@pytest.fixture
def request_(cast: Cast, record: ServiceRecord) -> CorrectionRequest:
    with acting_as(cast.person.scope):
        return ask_correction(record, actor=cast.person, message="我服务了三个小时")


def test_request_reaches_the_recording_committee_and_those_above(
    cast: Cast, request_: CorrectionRequest
) -> None:
    for actor in (cast.county_441802, cast.city_4418, cast.province_auditor):
        with acting_as(actor.scope):
            assert CorrectionRequest.objects.open().get() == request_
    with acting_as(cast.county_440606.scope):
        assert not CorrectionRequest.objects.exists()


def test_second_request_waits_for_the_first(cast: Cast, request_: CorrectionRequest) -> None:
    with acting_as(cast.person.scope):
        with pytest.raises(Refusal) as refused:
            ask_correction(request_.record, actor=cast.person, message="还有")
        assert CorrectionRequest.objects.count() == 1
    assert refused.value.code == "already_asked"


def test_declined_request_tells_why_and_leaves_the_record(
    cast: Cast, request_: CorrectionRequest
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        decline_correction(request_, actor=actor, answer="签到表为两小时")
    with acting_as(cast.person.scope):
        seen = CorrectionRequest.objects.select_related("record").get()
    assert (seen.state, seen.answer) == ("declined", "签到表为两小时")
    assert seen.record.state == "confirmed"


def test_answered_request_is_not_answered_again(cast: Cast, request_: CorrectionRequest) -> None:
    with acting_as(cast.county_441802.scope):
        decline_correction(request_, actor=cast.county_441802, answer="签到表为两小时")
    with acting_as(cast.city_4418.scope), pytest.raises(Refusal) as refused:
        decline_correction(request_, actor=cast.city_4418, answer="同上")
    assert refused.value.code == "already_answered"


def test_after_an_answer_one_may_ask_again(cast: Cast, request_: CorrectionRequest) -> None:
    with acting_as(cast.county_441802.scope):
        decline_correction(request_, actor=cast.county_441802, answer="签到表为两小时")
    with acting_as(cast.person.scope):
        again = ask_correction(request_.record, actor=cast.person, message="有照片为证")
    assert again.pk != request_.pk


@pytest.mark.parametrize("message", ["", "  ", "长" * 301])
def test_request_says_what_is_not_right(cast: Cast, record: ServiceRecord, message: str) -> None:
    with acting_as(cast.person.scope), pytest.raises(Refusal) as refused:
        ask_correction(record, actor=cast.person, message=message)
    assert refused.value.field == "message"


def test_void_record_is_not_asked_about(cast: Cast) -> None:
    with as_owner():
        record = ServiceRecordFactory(
            volunteer=cast.volunteer, state="void", voided=True, void_reason="重复"
        )
    with acting_as(cast.person.scope), pytest.raises(Refusal) as refused:
        ask_correction(record, actor=cast.person, message="为什么作废")
    assert refused.value.code == "not_standing"


def test_staff_do_not_ask_and_recorders_do_not_answer(
    cast: Cast, record: ServiceRecord, request_: CorrectionRequest
) -> None:
    with acting_as(cast.county_441802.scope), pytest.raises(PermissionDenied):
        ask_correction(record, actor=cast.county_441802, message="不对")
    with acting_as(cast.recorder_441802.scope), pytest.raises(PermissionDenied):
        decline_correction(request_, actor=cast.recorder_441802, answer="不改")


@pytest.mark.parametrize("wrong", ["committee", "volunteer", "record"])
def test_database_takes_requests_on_own_records_at_their_committee_only(
    cast: Cast, record: ServiceRecord, wrong: str
) -> None:
    with as_owner():
        other = ServiceRecordFactory(
            volunteer=VolunteerFactory(committee=cast.committee("441802009")),
            committee=cast.committee("441802"),
        )
    values = {
        "record": other if wrong == "record" else record,
        "volunteer": other.volunteer if wrong == "volunteer" else cast.volunteer,
        "committee": cast.committee("4418" if wrong == "committee" else "441802"),
    }
    with acting_as(cast.person.scope):
        with pytest.raises(DatabaseError, match="row-level security"), transaction.atomic():
            CorrectionRequest.objects.create(message="不对", **values)
