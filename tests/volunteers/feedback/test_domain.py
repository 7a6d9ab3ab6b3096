"""How it was: said once by each side, changeable for two weeks, and heard without names."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError, ProgrammingError, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.volunteers.signups.arranging import another, call
from volunteers.activities.models import Shift
from volunteers.attendance.models import Attendance
from volunteers.feedback.domain import rate_activity, rate_volunteer
from volunteers.feedback.models import Feedback, Grade
from volunteers.feedback.queries import heard_of
from volunteers.own.summary import news_of
from volunteers.privacy.domain.parts import parts_of_copy
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import sign_up
from volunteers.signups.models import SignUp

pytestmark = pytest.mark.django_db


def ended(cast: Cast, *people: Actor) -> Shift:
    """A shift that people signed up for, over for an hour."""
    shift = call(cast, places=10)
    for actor in people:
        with acting_as(actor.scope):
            sign_up(shift, actor=actor)
    over = timezone.now() - timedelta(hours=1)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(starts_at=over - timedelta(hours=2), ends_at=over)
        shift.refresh_from_db()
    return shift


def say(shift: Shift, actor: Actor, grade: Grade = Grade.GOOD, line: str = "") -> Feedback:
    with acting_as(actor.scope):
        signup = SignUp.objects.with_calls().get(shift=shift)
        return rate_activity(signup, actor=actor, grade=grade, line=line)


def rate(cast: Cast, shift: Shift, line: str = "") -> Feedback:
    with acting_as(cast.recorder_441802.scope):
        signup = SignUp.objects.select_related("shift").get(shift=shift)
        return rate_volunteer(signup, actor=cast.recorder_441802, grade=Grade.FAIR, line=line)


def refused(verb: Callable[[], Any]) -> str:
    with pytest.raises(Refusal) as said:
        verb()
    return said.value.code


def heard(cast: Cast, shift: Shift) -> Any:
    with acting_as(cast.recorder_441802.scope):
        return heard_of(shift.activity_id)


def aged(days: int) -> None:
    with as_owner():
        Feedback.objects.update(given_at=timezone.now() - timedelta(days=days))


def test_said_again_within_two_weeks_is_changed_and_counts_once(cast: Cast) -> None:
    shift = ended(cast, cast.person)
    say(shift, cast.person, Grade.POOR, "没有水")
    say(shift, cast.person, Grade.GOOD)
    aged(13)
    say(shift, cast.person, Grade.FAIR, "后来有了")
    with as_owner():
        found = Feedback.objects.get()
    assert (found.grade, found.line) == ("fair", "后来有了")
    aged(15)
    assert refused(lambda: say(shift, cast.person)) == "fixed"


def test_database_keeps_one_of_each_side_and_the_two_weeks(cast: Cast) -> None:
    shift = ended(cast, cast.person)
    said = say(shift, cast.person)
    with acting_as(cast.person.scope):
        said.pk = None
        with pytest.raises(IntegrityError, match="feedback_once"), transaction.atomic():
            said.save(force_insert=True)
    aged(15)
    with acting_as(cast.person.scope):
        assert Feedback.objects.update(grade="poor") == 0


def test_only_who_had_a_place_in_a_shift_that_is_over_says_something(cast: Cast) -> None:
    shift = ended(cast, cast.person)
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(ends_at=timezone.now() + timedelta(hours=1))
    assert refused(lambda: say(shift, cast.person)) == "not_ended"
    assert refused(lambda: rate(cast, shift)) == "not_ended"
    with as_owner():
        Shift.objects.filter(pk=shift.pk).update(ends_at=timezone.now())
        SignUp.objects.update(state="removed", ended_at=timezone.now())
    assert refused(lambda: say(shift, cast.person)) == "no_place"
    assert refused(lambda: rate(cast, shift)) == "no_place"


def test_database_takes_nothing_said_of_somebody_elses_sign_up(cast: Cast) -> None:
    other = another(cast)
    shift = ended(cast, other)
    said = say(shift, other)
    with acting_as(cast.person.scope):
        assert not Feedback.objects.exists()
        said.pk, said.volunteer_id = None, cast.person.scope.volunteer or 0
        with pytest.raises(ProgrammingError, match="row-level"), transaction.atomic():
            said.save(force_insert=True)


def test_organiser_reads_counts_and_lines_from_three_people_on(cast: Cast) -> None:
    people = [cast.person, another(cast), another(cast)]
    shift = ended(cast, *people)
    say(shift, people[0], Grade.GOOD, "路好走")
    say(shift, people[1], Grade.POOR, "等太久")
    few = heard(cast, shift)
    assert (few.answered, few.good, few.poor, few.lines) == (2, 0, 0, [])
    assert not few.is_shown
    say(shift, people[2], Grade.GOOD)
    enough = heard(cast, shift)
    assert (enough.answered, enough.good, enough.fair, enough.poor) == (3, 2, 0, 1)
    assert sorted(enough.lines) == ["等太久", "路好走"]
    with acting_as(cast.county_441802.scope):
        assert not Feedback.objects.exists(), "who said what is for nobody here"
    with acting_as(cast.county_440606.scope):
        assert heard_of(shift.activity_id).answered == 0


def test_volunteer_reads_what_the_organiser_said_and_nobody_elses(cast: Cast) -> None:
    shift = ended(cast, cast.person)
    rate(cast, shift, "认真负责")
    with acting_as(cast.person.scope):
        assert [each.line for each in Feedback.objects.all()] == ["认真负责"]
        assert Feedback.objects.update(line="非常好") == 0
    with acting_as(another(cast).scope):
        assert not Feedback.objects.exists()
    (part,) = (each for each in parts_of_copy() if each.key == "feedback")
    with acting_as(cast.person.scope):
        (row,) = part.rows(Volunteer.objects.get())
    assert row["line"] == "认真负责"


def test_nothing_is_said_of_who_did_not_come(cast: Cast) -> None:
    shift = ended(cast, cast.person)
    with as_owner():
        Attendance.objects.create(
            committee_id=shift.committee_id,
            signup=SignUp.objects.get(),
            shift=shift,
            mark="no_show",
            source="roll_call",
            marked_by_label="点名",
            marked_at=timezone.now(),
        )
    assert refused(lambda: rate(cast, shift)) == "not_there"


def test_it_is_asked_for_until_said(cast: Cast) -> None:
    shift = ended(cast, cast.person)

    def asked() -> bool:
        with acting_as(cast.person.scope):
            return any("feedback" in each.url for each in news_of(cast.volunteer.pk))

    assert asked()
    say(shift, cast.person)
    assert not asked()
