"""Changing many at once: whom it is done to, who is left out, and taking it back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.core.exceptions import PermissionDenied
from django.utils import timezone

from core.jobs.errors import JobFailed
from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import VolunteerFactory, VolunteerIdentityFactory
from tests.factories.committees import add_committee
from tests.volunteers.bulk.conftest import Changed, outcomes, put_back, silent
from volunteers.bulk.domain import Choice, order_bulk, preview_bulk, undo_bulk, wanted_given
from volunteers.bulk.models import UNDO_DAYS, BulkChange, BulkKind
from volunteers.claims.models import Claim, ClaimState
from volunteers.privacy.models import PrivacyRequest
from volunteers.registry.models import Volunteer, VolunteerIdentity
from volunteers.registry.summary import changes_of
from volunteers.transfers.models import Transfer
from volunteers.vocabulary.models import Term, TermKind, VolunteerTerm

FAR = date(2031, 7, 1)


def people(cast: Cast, number: int = 1, **given: Any) -> list[Volunteer]:
    """Entries of a township of 清城区."""
    with as_owner():
        made: list[Volunteer] = VolunteerFactory.create_batch(
            number, **{"committee": cast.committee("441802009"), **given}
        )
    return made


def fresh(person: Volunteer) -> Volunteer:
    """The row as it stands."""
    with as_owner():
        return Volunteer.objects.get(pk=person.pk)


def word(name: str, kind: TermKind = TermKind.SKILL) -> Term:
    """A word of the province's list."""
    with as_owner():
        term, _made = Term.objects.get_or_create(kind=kind, name=name, defaults={"position": 900})
    return term


def test_pause_is_kept_with_reason_actor_and_day_of_return(cast: Cast, changed: Changed) -> None:
    some = people(cast, 3)
    change = changed(some, "pause", back_on=FAR)
    assert set(outcomes(change).values()) == {"done"}
    assert {(fresh(each).state, fresh(each).back_on) for each in some} == {("paused", FAR)}
    with acting_as(cast.county_441802.scope):
        newest = changes_of(Volunteer.objects.get(pk=some[0].pk))[0]
    assert (newest.reason, newest.who) == ("毕业离校", cast.county_441802.label)


def test_whoever_it_cannot_be_done_to_is_left_out_and_says_why(
    cast: Cast, changed: Changed
) -> None:
    (fine,) = people(cast, state="withdrawn")
    (active,) = people(cast)
    (child,) = people(cast, state="paused", birth_date=date(timezone.localdate().year - 12, 1, 1))
    (disowned,) = people(cast, state="paused")
    (asked,) = people(cast, state="paused")
    (erasing,) = people(cast, state="withdrawn")
    with as_owner():
        PrivacyRequest.objects.create(
            volunteer=erasing,
            committee_id=erasing.committee_id,
            kind="erasure",
            state_before="active",
            due_on=FAR,
            kept_until=FAR,
        )
        Claim.objects.create(
            volunteer=disowned, committee_id=disowned.committee_id, state=ClaimState.DISOWNED
        )
        _transfer(asked, cast)
    found = outcomes(changed([fine, active, child, disowned, asked, erasing], "reactivate"))
    assert found == {
        fine.number: "done",
        active.number: "left already",
        child.number: "left minor",
        disowned.number: "left disowned",
        asked.number: "left transfer",
        erasing.number: "left erasing",
    }


def test_nobody_of_another_committee_is_reached(cast: Cast, changed: Changed) -> None:
    (mine,) = people(cast)
    (foreign,) = people(cast, committee=cast.committee("440606103"))
    actor = cast.county_441802
    with acting_as(actor.scope):
        wanted = wanted_given(actor=actor, kind=BulkKind.PAUSE, reason="外出")
        choice = Choice(below=actor.scope.committee, numbers=[mine.number, foreign.number])
        preview = preview_bulk(choice, wanted, actor=actor)
    assert [each.person.pk for each in preview.verdicts] == [mine.pk]
    assert preview.outside == 1
    changed([mine, foreign], "pause")
    assert fresh(foreign).state == "active"


def test_move_stays_within_the_county(cast: Cast, changed: Changed) -> None:
    (near,) = people(cast)
    (far,) = people(cast, committee=cast.committee("440606103"))
    with as_owner():
        VolunteerIdentityFactory(volunteer=near)
    place = cast.committee("441802103")
    found = outcomes(changed([near, far], "move", actor=cast.province, destination=place))
    assert found == {near.number: "done", far.number: "left elsewhere"}
    assert fresh(near).committee_id == place.path
    with as_owner():
        assert VolunteerIdentity.objects.get(volunteer=near).committee_id == place.path


def test_move_to_a_county_above_its_townships_is_refused(cast: Cast) -> None:
    actor = cast.city_4418
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        wanted_given(
            actor=actor,
            kind=BulkKind.MOVE,
            reason="调整",
            destination=cast.committee("441802"),
        )
    assert (refused.value.code, refused.value.field) == ("committee_too_high", "destination")


def test_entry_changed_since_the_preview_is_not_written_over(cast: Cast, changed: Changed) -> None:
    first, second = people(cast, 2)

    def leave() -> None:
        Volunteer.objects.filter(pk=second.pk).update(state="withdrawn")

    change = changed([first, second], "pause", meanwhile=leave)
    assert outcomes(change) == {first.number: "done", second.number: "left withdrawn"}
    assert fresh(second).state == "withdrawn"


def test_other_people_than_agreed_to_are_never_changed(cast: Cast) -> None:
    actor = cast.county_441802
    people(cast, 2, state="paused")
    with acting_as(actor.scope):
        wanted = wanted_given(actor=actor, kind=BulkKind.REACTIVATE, reason="返校")
        choice = Choice(below=actor.scope.committee, asked={"state": "paused"})
        digest = preview_bulk(choice, wanted, actor=actor).digest
    people(cast, state="paused")
    with acting_as(actor.scope), pytest.raises(Refusal) as refused:
        order_bulk(
            choice,
            wanted,
            digest=digest,
            nonce=uuid4(),
            actor=actor,
        )
    assert refused.value.code == "changed_meanwhile"


@pytest.mark.parametrize("kind", [TermKind.SKILL, TermKind.LANGUAGE])
def test_word_is_added_and_taken_back(cast: Cast, changed: Changed, kind: TermKind) -> None:
    term = word("客家话甲", kind)
    first, second = people(cast, 2, skills=["摄影"])
    with as_owner():
        VolunteerTerm.objects.create(volunteer=second, committee_id=second.committee_id, term=term)
    change = changed([first, second], "add_word", term=term)
    assert outcomes(change) == {first.number: "done", second.number: "left already"}
    with as_owner():
        assert VolunteerTerm.objects.filter(term=term).count() == 2
    with acting_as(cast.county_441802.scope):
        newest = changes_of(Volunteer.objects.get(pk=first.pk))[0]
    assert (newest.reason, newest.who) == ("毕业离校", cast.county_441802.label)
    expected = ["摄影", term.name] if kind == TermKind.SKILL else ["摄影"]
    assert fresh(first).skills == expected
    put_back(change, cast.county_441802)
    assert fresh(first).skills == ["摄影"]
    with as_owner():
        left = VolunteerTerm.objects.filter(term=term).values_list("volunteer_id", flat=True)
        assert list(left) == [second.pk]


def test_word_taken_away_comes_back_where_it_stood(cast: Cast, changed: Changed) -> None:
    term = word("急救甲")
    (person,) = people(cast, skills=["急救甲", "摄影"])
    with as_owner():
        assert VolunteerTerm.objects.filter(volunteer=person, term=term).exists()
    change = changed([person], "drop_word", term=term)
    assert fresh(person).skills == ["摄影"]
    assert put_back(change, cast.county_441802) == {person.number: "undone"}
    assert fresh(person).skills == ["急救甲", "摄影"]
    with as_owner():
        assert VolunteerTerm.objects.filter(volunteer=person, term=term).count() == 1


def test_licence_is_no_word_for_many(cast: Cast) -> None:
    actor, term = cast.county_441802, word("救护员证甲", TermKind.LICENCE)
    with acting_as(actor.scope), pytest.raises(Refusal):
        wanted_given(actor=actor, kind=BulkKind.ADD_WORD, reason="培训", term=term)


def test_undo_puts_back_exactly_what_was_changed_and_names_who_changed_since(
    cast: Cast, changed: Changed
) -> None:
    active, paused, since, gone = people(cast, 4)
    with as_owner():
        Volunteer.objects.filter(pk=paused.pk).update(state="paused", back_on=FAR)
    change = changed([active, paused, since, gone], "withdraw")
    with as_owner():
        Volunteer.objects.filter(pk=since.pk).update(political_status="群众")
        Volunteer.objects.filter(pk=gone.pk).update(committee=cast.committee("440606103"))
    assert put_back(change, cast.county_441802) == {
        active.number: "undone",
        paused.number: "undone",
        since.number: "kept changed_since",
        gone.number: "kept gone",
    }
    stands = [fresh(each) for each in (active, paused, since, gone)]
    assert [each.state for each in stands] == ["active", "paused", "withdrawn", "withdrawn"]
    assert stands[1].back_on == FAR


def test_undo_of_a_move_leads_home_but_not_into_a_closed_committee(
    cast: Cast, changed: Changed
) -> None:
    (person,) = people(cast)
    with as_owner():
        home = add_committee(
            code="441802010", name="旧街道", level="township", parent=cast.committee("441802")
        )
    (stranded,) = people(cast, committee=home)
    change = changed([person, stranded], "move", destination=cast.committee("441802103"))
    with as_owner():
        type(home).objects.filter(pk=home.pk).update(closed_on=timezone.localdate())
    assert put_back(change, cast.county_441802) == {
        person.number: "undone",
        stranded.number: "kept closed",
    }
    assert fresh(person).committee_id == cast.committee("441802009").path


def test_undo_has_its_time_and_happens_once(cast: Cast, changed: Changed) -> None:
    change = changed(people(cast), "pause")
    put_back(change, cast.county_441802)
    again = changed(people(cast), "pause")
    with as_owner():
        old = timezone.now() - timedelta(days=UNDO_DAYS)
        BulkChange.objects.filter(pk=again.pk).update(done_at=old)
    for late in (change, again):
        with acting_as(cast.county_441802.scope), pytest.raises(JobFailed):
            undo_bulk(late, actor=cast.county_441802, progress=silent)


def test_recorder_changes_nobody_and_another_county_sees_nothing(
    cast: Cast, changed: Changed
) -> None:
    change = changed(people(cast), "pause")
    with acting_as(cast.recorder_441802.scope), pytest.raises(PermissionDenied):
        undo_bulk(change, actor=cast.recorder_441802, progress=silent)
    with acting_as(cast.county_440606.scope):
        assert not BulkChange.objects.exists()
        with pytest.raises(BulkChange.DoesNotExist):
            undo_bulk(change, actor=cast.county_440606, progress=silent)


def _transfer(person: Volunteer, cast: Cast) -> None:
    Transfer.objects.create(
        volunteer=person,
        volunteer_name=person.name,
        volunteer_number=person.number,
        origin=cast.committee("441802009"),
        origin_name="横荷街道",
        destination=cast.committee("440606103"),
        destination_name="大良街道",
        asked_side="origin",
        asked_by_label="干事",
        asked_at=timezone.now(),
        reason="搬家",
    )
