"""Sign-ups: who gets a place, who waits in which order, and every exact refusal."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
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
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.domain import cancel_activity
from volunteers.activities.models import Activity, Shift
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import (
    answer_offer,
    offer_places,
    remove_sign_up,
    sign_up,
    withdraw,
)
from volunteers.signups.models import SignUp, SignUpState
from volunteers.signups.queries import place_in_line
from volunteers.vocabulary.models import Term, VolunteerTerm

pytestmark = pytest.mark.django_db


def ask(shift: Shift, actor: Actor) -> SignUp:
    with acting_as(actor.scope):
        return sign_up(shift, actor=actor)


def state_of(signup: SignUp) -> str:
    with as_owner():
        return SignUp.objects.get(pk=signup.pk).state


def counts_of(shift: Shift) -> tuple[int, int]:
    with as_owner():
        found = Shift.objects.get(pk=shift.pk)
    return found.taken, found.waiting


def refused(actor: Actor, verb: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said, acting_as(actor.scope):
        verb()
    return said.value.code


def take(signup: SignUp, actor: Actor, *, taken: bool = True) -> SignUp:
    with acting_as(actor.scope):
        return answer_offer(SignUp.objects.get(pk=signup.pk), actor=actor, taken=taken)


def leave(signup: SignUp, actor: Actor, reason: str = "") -> SignUp:
    with acting_as(actor.scope):
        return withdraw(SignUp.objects.get(pk=signup.pk), actor=actor, reason=reason)


def test_place_then_waiting_list_then_refusal(cast: Cast) -> None:
    shift = call(cast, places=1, reserve=1)
    second, third = another(cast), another(cast)
    assert ask(shift, cast.person).state == SignUpState.PLACED
    waiting = ask(shift, second)
    assert waiting.state == SignUpState.WAITING
    assert refused(third, lambda: sign_up(shift, actor=third)) == "full"
    assert counts_of(shift) == (1, 1)
    assert ask(shift, second) == waiting, "twice is once"


def test_free_place_goes_to_the_first_in_line_who_answers(cast: Cast) -> None:
    shift = call(cast, places=1)
    first, second = another(cast), another(cast)
    placed, waits, waits_too = (ask(shift, each) for each in (cast.person, first, second))
    with acting_as(second.scope):
        assert place_in_line(waits_too) == 2
        assert place_in_line(waits) == 0, "another's place is not told"
    leave(placed, cast.person)
    assert offer_places() == 1
    assert (state_of(waits), state_of(waits_too)) == ("offered", "waiting")
    assert offer_places() == 0, "once"
    again = ask(shift, cast.person)
    assert again.state == SignUpState.WAITING, "who cancels goes to the back"
    with acting_as(cast.person.scope):
        assert place_in_line(again) == 2
    take(waits, first)
    assert state_of(waits) == "placed"
    assert counts_of(shift) == (1, 2)


def test_offer_that_nobody_answers_goes_to_the_next(cast: Cast) -> None:
    shift = call(cast, places=1)
    first, second = another(cast), another(cast)
    placed, waits, waits_too = (ask(shift, each) for each in (cast.person, first, second))
    leave(placed, cast.person)
    offer_places()
    with time_machine.travel(timezone.now() + timedelta(hours=13)):
        assert refused(first, lambda: answer_offer(waits, actor=first, taken=True)) == "offer_over"
        assert offer_places() == 1
    assert (state_of(waits), state_of(waits_too)) == ("lapsed", "offered")
    take(waits_too, second, taken=False)
    assert counts_of(shift) == (0, 0)


def test_who_does_not_fit_any_more_leaves_the_line_with_the_reason(cast: Cast) -> None:
    shift = call(cast, places=1)
    first, second = another(cast), another(cast)
    placed, waits, waits_too = (ask(shift, each) for each in (cast.person, first, second))
    with as_owner():
        mended = Volunteer.objects.filter(pk=first.scope.volunteer or 0)
        mended.update(birth_date=date(2012, 5, 1))
    leave(placed, cast.person)
    assert offer_places() == 1
    assert (state_of(waits), state_of(waits_too)) == ("removed", "offered")
    with as_owner():
        assert SignUp.objects.get(pk=waits.pk).reason


@pytest.mark.parametrize(
    ("fields", "code"),
    [
        ({"youngest": 60}, "too_young"),
        ({"oldest": 10}, "too_old"),
        ({"state": "cancelled", "reason": "台风"}, "cancelled"),
        ({"state": "settled", "settled_at": timezone.now()}, "closed"),
        ({"days": -1}, "closed"),
    ],
)
def test_refusal_names_its_reason(cast: Cast, fields: dict[str, Any], code: str) -> None:
    shift = call(cast, **fields)
    assert refused(cast.person, lambda: sign_up(shift, actor=cast.person)) == code


def test_call_of_a_committee_is_for_its_own(cast: Cast) -> None:
    shift = call(cast, places=2, invited="committee")
    stranger = another(cast, "440606103")
    assert refused(stranger, lambda: sign_up(shift, actor=stranger)) == "not_invited"
    assert ask(shift, cast.person).state == SignUpState.PLACED


def test_what_only_the_invited_read_does_not_exist_for_others(cast: Cast) -> None:
    shift = call(cast, invited="committee", visibility="invited")
    stranger = another(cast, "440606103")
    with acting_as(stranger.scope):
        assert not Shift.objects.exists()
        assert not Activity.objects.as_calls().exists()
    with acting_as(cast.person.scope):
        assert Shift.objects.get() == shift


def test_minor_needs_the_guardian_and_an_age(cast: Cast) -> None:
    shift = call(cast, places=3)
    today = timezone.localdate()
    born = date(today.year - 16, 1, 1)
    child = another(cast, birth_date=born)
    assert refused(child, lambda: sign_up(shift, actor=child)) == "guardian_missing"
    with_consent = another(cast, birth_date=born, guardian_name="监护人", guardian_consent_on=today)
    assert ask(shift, with_consent).state == SignUpState.PLACED
    young = another(
        cast,
        birth_date=date(today.year - 9, 1, 1),
        guardian_name="监护人",
        guardian_consent_on=today,
    )
    assert refused(young, lambda: sign_up(shift, actor=young)) == "too_young"


def test_skill_that_is_missing_or_has_run_out_is_named(cast: Cast) -> None:
    with as_owner():
        term = Term.objects.of_kind("skill").first()
        assert term is not None
    shift = call(cast, needed_skills=[term.pk])
    with pytest.raises(Refusal, match=term.name) as said, acting_as(cast.person.scope):
        sign_up(shift, actor=cast.person)
    assert said.value.code == "skills_missing"
    with as_owner():
        VolunteerTerm.objects.create(
            volunteer=cast.volunteer, committee_id=cast.volunteer.committee_id, term=term
        )
    assert ask(shift, cast.person).state == SignUpState.PLACED


def test_two_shifts_at_one_time_are_refused_by_the_database(cast: Cast) -> None:
    one, other = call(cast), call(cast)
    ask(one, cast.person)
    assert refused(cast.person, lambda: sign_up(other, actor=cast.person)) == "overlap"
    assert counts_of(other) == (0, 0)


def test_late_withdrawal_says_why_and_none_after_the_start(cast: Cast) -> None:
    shift = call(cast, places=1)
    placed = ask(shift, cast.person)
    with time_machine.travel(shift.starts_at - timedelta(hours=2)):
        asked = refused(cast.person, lambda: withdraw(placed, actor=cast.person))
        assert asked == "reason_missing"
    with time_machine.travel(shift.starts_at + timedelta(minutes=1)):
        assert refused(cast.person, lambda: withdraw(placed, actor=cast.person)) == "begun"
    with time_machine.travel(shift.starts_at - timedelta(hours=2)):
        leave(placed, cast.person, "发烧")
    assert counts_of(shift) == (0, 0)


def test_cancelled_activity_frees_everybody_and_says_why(cast: Cast) -> None:
    shift = call(cast, places=1)
    placed, waits = ask(shift, cast.person), ask(shift, another(cast))
    with acting_as(cast.county_441802.scope):
        activity = Activity.objects.get(pk=shift.activity_id)
        cancel_activity(activity, actor=cast.county_441802, reason="台风停办")
    assert {state_of(placed), state_of(waits)} == {"removed"}
    with acting_as(cast.person.scope):
        assert SignUp.objects.get(pk=placed.pk).reason == "台风停办"
    assert counts_of(shift) == (0, 0)


def test_organiser_takes_somebody_off_the_list_with_a_reason(cast: Cast) -> None:
    shift = call(cast)
    placed = ask(shift, cast.person)
    recorder = cast.recorder_441802
    asked = refused(recorder, lambda: remove_sign_up(placed, actor=recorder, reason=" "))
    assert asked == "reason_missing"
    with acting_as(recorder.scope):
        remove_sign_up(placed, actor=recorder, reason="重复报名")
    assert state_of(placed) == "removed"
    assert counts_of(shift) == (0, 0)


def test_database_keeps_the_places_whatever_the_verb_does(cast: Cast) -> None:
    shift = call(cast, places=1, reserve=0)
    placed = ask(shift, cast.person)
    person = another(cast)
    with as_owner(), pytest.raises(IntegrityError, match="shift_places_hold"):
        with transaction.atomic():
            volunteer = Volunteer.objects.get(pk=person.scope.volunteer or 0)
            SignUp.objects.create(
                committee_id=shift.committee_id,
                activity_id=shift.activity_id,
                shift=shift,
                volunteer=volunteer,
                volunteer_name=volunteer.name,
                volunteer_number=volunteer.number,
                during=placed.during,
                state="placed",
                asked_at=timezone.now(),
                asked_by_label="x",
            )


def test_nobody_passes_the_line_whatever_the_verb_does(cast: Cast) -> None:
    shift = call(cast, places=1)
    placed = ask(shift, cast.person)
    ask(shift, another(cast))
    leave(placed, cast.person)
    with as_owner(), pytest.raises(IntegrityError, match="somebody waits"), transaction.atomic():
        SignUp.objects.filter(pk=placed.pk).update(state="withdrawn")
        placed.pk, placed.state, placed.ended_at = None, "placed", None
        placed._state.adding = True
        placed.save(force_insert=True)
