"""A volunteer changes the committee: who may, what moves, what stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.exceptions import PermissionDenied
from django.utils.translation import override

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import ServiceRecordFactory, VolunteerIdentityFactory
from tests.volunteers.transfers.desk import HERE, THERE, asked, row_of
from volunteers.hours.models import ServiceRecord
from volunteers.own.summary import own_hours
from volunteers.registry.domain import (
    amend_volunteer,
    request_reveal,
    reveal_identifier,
    withdraw_volunteer,
)
from volunteers.registry.models import RevealApproval, RevealField, Volunteer, VolunteerIdentity
from volunteers.registry.summary import changes_of
from volunteers.transfers.domain import (
    agree_transfer,
    ask_transfer,
    refuse_transfer,
    take_back_transfer,
)
from volunteers.transfers.models import Transfer


@pytest.fixture(autouse=True)
def _english() -> Iterator[None]:
    with override("en"):
        yield


@pytest.fixture
def identity(cast: Cast) -> VolunteerIdentity:
    with as_owner():
        made: VolunteerIdentity = VolunteerIdentityFactory(volunteer=cast.volunteer)
    return made


def test_agreed_transfer_moves_the_person_and_the_sealed_row(
    cast: Cast, identity: VolunteerIdentity
) -> None:
    transfer = asked(cast)
    with acting_as(cast.township_440606103.scope):
        agreed = agree_transfer(transfer, actor=cast.township_440606103)
        moved = Volunteer.objects.get(pk=cast.volunteer.pk)
        assert VolunteerIdentity.objects.get(volunteer=moved).committee_id == moved.committee_id
    assert (agreed.state, moved.committee_id) == ("done", cast.committee(THERE).path)
    with acting_as(cast.county_441802.scope):
        assert not Volunteer.objects.filter(pk=cast.volunteer.pk).exists()
        assert not VolunteerIdentity.objects.filter(pk=cast.volunteer.pk).exists()


def test_history_of_the_move_says_who_and_why(cast: Cast) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        agree_transfer(transfer, actor=cast.county_440606)
    with as_owner():
        (change,) = changes_of(row_of(cast.volunteer))
    assert change.who == cast.county_440606.label
    assert "搬家" in change.reason


def test_records_stay_and_the_person_keeps_the_whole_total(cast: Cast) -> None:
    with as_owner():
        record = ServiceRecordFactory(volunteer=cast.volunteer)
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        agree_transfer(transfer, actor=cast.county_440606)
        assert not ServiceRecord.objects.filter(pk=record.pk).exists()
    with acting_as(cast.county_441802.scope):
        kept = ServiceRecord.objects.get(pk=record.pk)
        assert (kept.committee_id, kept.volunteer_name, kept.volunteer_number) == (
            record.committee_id,
            record.volunteer_name,
            record.volunteer_number,
        )
    with acting_as(cast.person.scope):
        assert own_hours(cast.volunteer.pk).total == record.minutes


def test_old_committee_looks_at_nothing_any_more(cast: Cast, identity: VolunteerIdentity) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        agree_transfer(transfer, actor=cast.county_440606)
    actor = cast.county_441802
    with acting_as(actor.scope), pytest.raises(VolunteerIdentity.DoesNotExist):
        reveal_identifier(cast.volunteer, field=RevealField.PHONE, reason="核对", actor=actor)


def test_open_approval_lapses_with_the_move(cast: Cast, identity: VolunteerIdentity) -> None:
    transfer = asked(cast)
    with as_owner():
        Volunteer.objects.filter(pk=cast.volunteer.pk).update(birth_date="2015-01-01")
    with acting_as(cast.county_441802.scope):
        child = Volunteer.objects.get(pk=cast.volunteer.pk)
        asked_look = request_reveal(
            child, field=RevealField.PHONE, reason="核对", actor=cast.county_441802
        )
    with acting_as(cast.county_440606.scope):
        agree_transfer(transfer, actor=cast.county_440606)
    with as_owner():
        assert RevealApproval.objects.get(pk=asked_look.pk).state == "lapsed"


def test_person_asks_and_only_the_receiving_committee_agrees(cast: Cast) -> None:
    transfer = asked(cast, by=cast.person)
    assert transfer.asked_side == "person"
    with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as refused:
        agree_transfer(transfer, actor=cast.county_441802)
    assert refused.value.code == "not_yours"
    with acting_as(cast.township_440606103.scope):
        agree_transfer(transfer, actor=cast.township_440606103)
    assert row_of(cast.volunteer).committee.code == THERE


def test_refusal_says_why_and_moves_nobody(cast: Cast) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        with pytest.raises(Refusal):
            refuse_transfer(transfer, actor=cast.county_440606, reason="")
        refused = refuse_transfer(transfer, actor=cast.county_440606, reason="不在我镇居住")
    assert (refused.state, refused.answer) == ("refused", "不在我镇居住")
    assert row_of(cast.volunteer).committee.code == HERE


@pytest.mark.parametrize("again", ["agree", "take_back"])
def test_answered_request_is_answered_once(cast: Cast, again: str) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_440606.scope):
        refuse_transfer(transfer, actor=cast.county_440606, reason="不在我镇居住")
    actor = cast.county_440606 if again == "agree" else cast.county_441802
    verb = agree_transfer if again == "agree" else take_back_transfer
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        verb(transfer, actor=actor)
    assert refused.value.code == "answered"


def test_person_stays_by_saying_so(cast: Cast) -> None:
    transfer = asked(cast)
    with acting_as(cast.person.scope):
        taken_back = take_back_transfer(transfer, actor=cast.person)
    assert taken_back.state == "withdrawn"


def test_old_committee_does_not_take_back_what_the_person_asked(cast: Cast) -> None:
    transfer = asked(cast, by=cast.person)
    with acting_as(cast.county_441802.scope), pytest.raises(Refusal) as refused:
        take_back_transfer(transfer, actor=cast.county_441802)
    assert refused.value.code == "not_yours"


@pytest.mark.parametrize(
    ("code", "problem"),
    [
        (HERE, "same_place"),
        ("441802103", "both_yours"),
        ("440606", "no_place"),
        ("999999", "no_place"),
    ],
)
def test_places_that_cannot_receive_are_refused(cast: Cast, code: str, problem: str) -> None:
    with pytest.raises(Refusal) as refused:
        asked(cast, to=code)
    assert (refused.value.code, refused.value.field) == (problem, "destination")


def test_same_request_stands_once(cast: Cast) -> None:
    asked(cast)
    with pytest.raises(Refusal) as refused:
        asked(cast, by=cast.person)
    assert refused.value.code == "already_asked"


def test_who_has_withdrawn_is_not_transferred(cast: Cast) -> None:
    transfer = asked(cast)
    with acting_as(cast.county_441802.scope):
        withdraw_volunteer(cast.volunteer, actor=cast.county_441802, reason="外出")
    with pytest.raises(Refusal) as refused:
        asked(cast, to="441881")
    assert refused.value.code in {"not_serving", "no_place"}
    with acting_as(cast.county_440606.scope), pytest.raises(Refusal) as late:
        agree_transfer(transfer, actor=cast.county_440606)
    assert late.value.code == "overtaken"


def test_move_inside_the_county_overtakes_what_waits(cast: Cast) -> None:
    transfer = asked(cast)
    actor = cast.county_441802
    with as_owner():
        VolunteerIdentityFactory(volunteer=cast.volunteer)
    with acting_as(actor.scope):
        amend_volunteer(
            cast.volunteer,
            actor=actor,
            name=cast.volunteer.name,
            committee=cast.committee("441802103"),
            political_status="",
            skills=[],
            reason="搬家",
        )
        assert Transfer.objects.get(pk=transfer.pk).state == "overtaken"


def test_recorder_neither_asks_nor_answers(cast: Cast) -> None:
    actor = cast.recorder_441802
    with acting_as(actor.scope), pytest.raises(PermissionDenied):
        ask_transfer(
            cast.volunteer.pk, actor=actor, destination=THERE, reason="搬家", address_of=str
        )
