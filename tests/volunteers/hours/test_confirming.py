"""A second person confirms; what a rule holds back is left out and said."""

from __future__ import annotations

from datetime import timedelta

import pytest
import time_machine
from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, connection, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory
from tests.volunteers.hours.desk import at, enter, only
from volunteers.hours.domain import (
    LeftOut,
    confirm_hours,
    return_sheet,
    submit_hours,
    take_back_return,
    withdraw_confirmation,
)
from volunteers.hours.domain.batches import Why
from volunteers.hours.models import HoursSheet, RecordState, ServiceRecord
from volunteers.hours.queries.history import changes_of

# 50,000 half hours of one volunteer, one a day, copied from the record given.
_COPIES = """
    INSERT INTO volunteers_servicerecord (
        committee_id, volunteer_id, volunteer_name, volunteer_number, sheet_id, activity_title,
        kind, served_on, minutes, note, source, state, voided, recorded_by_label, recorded_at,
        confirmed_by_label, void_reason)
    SELECT committee_id, volunteer_id, volunteer_name, volunteer_number, sheet_id, activity_title,
        kind, date '1880-01-01' + n, 30, note, source, 'submitted', false, recorded_by_label,
        recorded_at, '', ''
    FROM volunteers_servicerecord, generate_series(1, 50000) AS n WHERE id = %s
"""


@pytest.fixture
def submitted(cast: Cast) -> ServiceRecord:
    with acting_as(cast.recorder_441802.scope):
        return enter(cast.recorder_441802, cast.volunteer)


def test_confirmation_counts_and_names_the_second_person(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        result = confirm_hours(only(submitted), actor=actor)
        record = ServiceRecord.objects.get()
    assert (result.count, result.minutes, result.people, result.left_out) == (1, 120, 1, ())
    assert record.state == RecordState.CONFIRMED
    assert record.confirmed_by == actor.user
    assert record.confirmed_by_label == "county-441802（清城区）"
    assert record.confirmed_at == result.moment


def test_nobody_confirms_own_entries(cast: Cast) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        record = enter(actor, cast.volunteer)
        with pytest.raises(Refusal) as refused:
            confirm_hours(only(record), actor=actor)
        record.refresh_from_db()
    assert refused.value.code == "own_entry"
    assert record.state == RecordState.SUBMITTED


def test_database_keeps_the_second_person_where_a_verb_is_forgotten(
    cast: Cast, submitted: ServiceRecord
) -> None:
    with acting_as(cast.county_441802.scope), transaction.atomic():
        with pytest.raises(IntegrityError, match="second_person"), transaction.atomic():
            ServiceRecord.objects.filter(pk=submitted.pk).update(
                state="confirmed",
                confirmed_by=cast.recorder_441802.user,
                confirmed_at=timezone.now(),
            )


def test_nobody_confirms_the_own_service(cast: Cast, submitted: ServiceRecord) -> None:
    actor = cast.county_441802
    assert actor.user is not None
    actor.user.volunteer_id = submitted.volunteer_id
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        confirm_hours(only(submitted), actor=actor)
    assert refused.value.code == "own_service"


@pytest.mark.parametrize(("days", "confirmed"), [(29, False), (31, True)])
def test_enterer_is_not_the_second_person_through_an_account_handed_over(
    cast: Cast, submitted: ServiceRecord, days: int, confirmed: bool
) -> None:
    actor = cast.county_441802
    assert actor.user is not None
    actor.user.access_from = cast.recorder_441802.user
    actor.user.access_from_at = timezone.now() - timedelta(days=days)
    with acting_as(actor.scope):
        if confirmed:
            assert confirm_hours(only(submitted), actor=actor).count == 1
            return
        with pytest.raises(Refusal) as refused:
            confirm_hours(only(submitted), actor=actor)
    assert refused.value.code == "access_from_enterer"


def test_account_handed_over_by_a_helping_hand_is_no_second_person(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor, helper = cast.county_441802, cast.city_4418
    assert actor.user is not None
    assert helper.user is not None
    with as_owner():
        HoursSheet.objects.filter(pk=submitted.sheet_id).update(hands=[helper.user.pk])
    actor.user.access_from, actor.user.access_from_at = helper.user, timezone.now()
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        confirm_hours(only(submitted), actor=actor)
    assert refused.value.code == "access_from_enterer"


def test_batch_leaves_out_what_rules_hold_back_and_says_so(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        own = [enter(actor, cast.volunteer, at(f"0{hour}:00", f"0{hour}:30")) for hour in (1, 2)]
        draft = enter(actor, cast.volunteer, at("04:00", "05:00"), draft=True)
        result = confirm_hours(only(submitted, *own, draft), actor=actor)
        states = dict(ServiceRecord.objects.values_list("pk", "state"))
    assert (result.count, result.minutes) == (1, 120)
    assert set(result.left_out) == {LeftOut(Why.OWN_ENTRY, 2), LeftOut(Why.NOT_SUBMITTED, 1)}
    assert all(str(each.count) in each.sentence for each in result.left_out)
    assert states[submitted.pk] == "confirmed"
    assert {states[record.pk] for record in own} == {"submitted"}
    assert states[draft.pk] == "draft"


def test_confirming_twice_is_refused_the_second_time(cast: Cast, submitted: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        confirm_hours(only(submitted), actor=cast.county_441802)
    with acting_as(cast.city_4418.scope):
        with pytest.raises(Refusal) as refused:
            confirm_hours(only(submitted), actor=cast.city_4418)
        record = ServiceRecord.objects.get()
    assert refused.value.code == "not_submitted"
    assert record.confirmed_by == cast.county_441802.user


def test_records_outside_the_scope_are_not_there(cast: Cast, submitted: ServiceRecord) -> None:
    with acting_as(cast.county_440606.scope), pytest.raises(Refusal) as refused:
        confirm_hours(only(submitted), actor=cast.county_440606)
    assert refused.value.code == "nothing_chosen"


@pytest.mark.parametrize("username", ["county-441802-recorder", "province-auditor"])
def test_confirming_needs_the_right(cast: Cast, submitted: ServiceRecord, username: str) -> None:
    actor = cast.actor(username)
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        confirm_hours(only(submitted), actor=actor)


def test_large_sheet_is_confirmed_in_one_batch(cast: Cast) -> None:
    """After a small one in the same session, whose plans the database keeps for its triggers."""
    actor = cast.county_441802
    with as_owner():
        county = cast.committee("441802")
        first = ServiceRecordFactory(committee=county, state="submitted", volunteer=cast.volunteer)
    with acting_as(actor.scope):
        confirm_hours(only(first), actor=actor)
    with as_owner(), connection.cursor() as cursor:
        cursor.execute(_COPIES, [first.pk])
    with acting_as(actor.scope):
        result = confirm_hours(ServiceRecord.objects.filter(sheet=first.sheet), actor=actor)
        assert ServiceRecord.objects.confirmed().count() == 50_001
    assert (result.count, result.minutes, result.people) == (50_000, 1_500_000, 1)
    assert result.left_out == (LeftOut(Why.NOT_SUBMITTED, 1),)


def test_withdrawal_puts_the_batch_back_with_its_reason(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        confirm_hours(only(submitted), actor=actor)
        withdraw_confirmation(only(submitted), actor=actor, reason="看错了日期")
        record = ServiceRecord.objects.get()
        history = [(change.state, change.reason) for change in changes_of(record)]
    assert record.state == RecordState.SUBMITTED
    assert (record.confirmed_by, record.confirmed_at, record.confirmed_by_label) == (None, None, "")
    assert history == [("submitted", ""), ("confirmed", ""), ("submitted", "看错了日期")]


def test_withdrawal_is_for_who_confirmed(cast: Cast, submitted: ServiceRecord) -> None:
    with acting_as(cast.county_441802.scope):
        confirm_hours(only(submitted), actor=cast.county_441802)
    with acting_as(cast.city_4418.scope), pytest.raises(Refusal) as refused:
        withdraw_confirmation(only(submitted), actor=cast.city_4418, reason="误点")
    assert refused.value.code == "not_confirmed_by_you"


def test_withdrawal_ends_after_a_day(cast: Cast, submitted: ServiceRecord) -> None:
    actor = cast.county_441802
    now = timezone.now()
    with acting_as(actor.scope):
        confirm_hours(only(submitted), actor=actor)
        with time_machine.travel(now + timedelta(hours=25), tick=False):
            with pytest.raises(Refusal) as refused:
                withdraw_confirmation(only(submitted), actor=actor, reason="误点")
        with time_machine.travel(now + timedelta(hours=23), tick=False):
            assert withdraw_confirmation(only(submitted), actor=actor, reason="误点").count == 1
    assert refused.value.code == "confirmed_long_ago"


@pytest.mark.parametrize("reason", ["", "   ", "长" * 201])
def test_withdrawal_asks_for_a_reason_that_fits(
    cast: Cast, submitted: ServiceRecord, reason: str
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        confirm_hours(only(submitted), actor=actor)
        with pytest.raises(Refusal) as refused:
            withdraw_confirmation(only(submitted), actor=actor, reason=reason)
    assert refused.value.field == "reason"


def test_sheet_goes_back_to_who_entered_it(cast: Cast, submitted: ServiceRecord) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        result = return_sheet(submitted.sheet, actor=actor, reason="缺签到表第二页")
        record = ServiceRecord.objects.select_related("sheet").get()
    assert (result.count, record.state) == (1, RecordState.DRAFT)
    assert record.sheet.return_reason == "缺签到表第二页"
    assert record.sheet.returned_by_label == actor.label
    with acting_as(cast.recorder_441802.scope):
        submit_hours(only(record), actor=cast.recorder_441802)
        assert ServiceRecord.objects.get().state == RecordState.SUBMITTED


def test_sheet_without_waiting_records_is_not_sent_back(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor = cast.county_441802
    with acting_as(actor.scope):
        confirm_hours(only(submitted), actor=actor)
        with pytest.raises(Refusal) as refused:
            return_sheet(submitted.sheet, actor=actor, reason="缺页")
    assert refused.value.code == "nothing_chosen"


@pytest.mark.django_db(transaction=True)
def test_sending_back_is_taken_back_until_the_enterer_touches_it(
    cast: Cast, submitted: ServiceRecord
) -> None:
    actor, recorder = cast.county_441802, cast.recorder_441802
    for touched in (False, True):
        with acting_as(actor.scope):
            return_sheet(submitted.sheet, actor=actor, reason="缺签到表第二页")
        if touched:
            with acting_as(recorder.scope):
                ServiceRecord.objects.update(note="补上了")
            with acting_as(actor.scope), pytest.raises(Refusal) as refused:
                take_back_return(submitted.sheet, actor=actor)
            assert refused.value.code == "return_touched"
        else:
            with acting_as(actor.scope):
                assert take_back_return(submitted.sheet, actor=actor).count == 1
                record = ServiceRecord.objects.select_related("sheet").get()
            assert (record.state, record.sheet.returned_at) == (RecordState.SUBMITTED, None)
    with acting_as(actor.scope):
        assert ServiceRecord.objects.get().state == RecordState.DRAFT
