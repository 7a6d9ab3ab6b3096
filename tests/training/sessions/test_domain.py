"""Places are exact, the line is kept, and results are the office's to write."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta

import pytest
import time_machine
from django.db import IntegrityError, ProgrammingError, connection, transaction
from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor, actor_of_volunteer
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import UserFactory, VolunteerFactory
from tests.training.arranging import course_of, enrolled, holds, session_of, states
from tests.volunteers.signups.arranging import another
from training.sessions.domain import (
    answer_enrolment,
    assign_people,
    cancel_session,
    withdraw_enrolment,
    write_results,
)
from training.sessions.models import Enrolment, EnrolmentState, Session
from volunteers.registry.models import Volunteer

pytestmark = pytest.mark.django_db


def of_person(session: Session, actor: Actor) -> Enrolment:
    with as_owner():
        return Enrolment.objects.get(session=session, volunteer=actor.scope.volunteer)


def test_who_comes_first_has_the_place_and_the_rest_wait(cast: Cast) -> None:
    session = session_of(course_of(cast))
    others = [another(cast) for _number in range(2)]
    assert enrolled(session, cast.person) == "placed"
    assert [enrolled(session, each) for each in others] == ["waiting", "waiting"]
    assert enrolled(session, cast.person) == "enrolment_once"


def test_free_place_goes_to_the_first_who_waits(cast: Cast) -> None:
    session = session_of(course_of(cast))
    for actor in (cast.person, another(cast), another(cast)):
        enrolled(session, actor)
    with acting_as(cast.person.scope):
        withdraw_enrolment(of_person(session, cast.person), actor=cast.person)
    assert states(session) == ["withdrawn", "placed", "waiting"]
    assert enrolled(session, cast.person) == "waiting", "whoever comes back is the last"


def test_approval_gives_a_place_while_there_is_one(cast: Cast) -> None:
    session = session_of(course_of(cast), enrolment="approval")
    other, officer = another(cast), cast.recorder_441802
    assert [enrolled(session, each) for each in (cast.person, other)] == ["asked", "asked"]
    answered = []
    mine = of_person(session, cast.person)
    for actor in (cast.person, other):
        mine = of_person(session, actor)
        with acting_as(officer.scope):
            answered.append(answer_enrolment(mine, actor=officer, agrees=True, reason="").state)
    assert answered == ["placed", "waiting"]
    with acting_as(officer.scope), pytest.raises(Refusal) as again:
        answer_enrolment(mine, actor=officer, agrees=True, reason="")
    assert again.value.code == "answered"


def test_refusal_needs_a_reason(cast: Cast) -> None:
    session = session_of(course_of(cast), enrolment="approval")
    enrolled(session, cast.person)
    officer = cast.recorder_441802
    with acting_as(officer.scope):
        mine = Enrolment.objects.get()
        with pytest.raises(Refusal) as refused:
            answer_enrolment(mine, actor=officer, agrees=False, reason="")
        answer_enrolment(mine, actor=officer, agrees=False, reason="名额留给新人")
    assert refused.value.code == "reason_missing"
    assert states(session) == ["refused"]


def test_committee_sends_all_or_nobody(cast: Cast) -> None:
    session = session_of(course_of(cast), enrolment="assigned", places=2)
    officer = cast.recorder_441802
    with as_owner():
        people = VolunteerFactory.create_batch(3, committee=cast.committee("441802009"))
        elsewhere = VolunteerFactory(committee=cast.committee("440606103"))
    numbers = [each.number for each in people]
    assert enrolled(session, cast.person) == "assigned"
    for sent, code in (
        (numbers, "full"), ([numbers[0], elsewhere.number], "unknown"), ([], "unknown"),
    ):  # fmt: skip
        with acting_as(officer.scope), pytest.raises(Refusal) as refused, transaction.atomic():
            assign_people(session, sent, actor=officer)
        assert refused.value.code == code
    assert states(session) == []
    with acting_as(officer.scope):
        assign_people(session, numbers[:2], actor=officer)
    assert states(session) == ["placed", "placed"]


def test_course_that_comes_first_is_asked_for(cast: Cast) -> None:
    first = course_of(cast)
    session = session_of(course_of(cast, after=first))
    assert enrolled(session, cast.person) == "first"
    holds(cast.volunteer, first, until=timezone.localdate() + timedelta(days=3))
    assert enrolled(session, cast.person) == "first", "it lapses before the session"
    holds(cast.volunteer, first)
    assert enrolled(session, cast.person) == "placed"


def test_minor_needs_the_guardians_consent(cast: Cast) -> None:
    session = session_of(course_of(cast), places=9)
    born = timezone.localdate().replace(month=1, day=1)
    young = another(cast, birth_date=born.replace(year=born.year - 15))
    assert enrolled(session, young) == "guardian_missing"
    officer = cast.recorder_441802
    with as_owner():
        number = Volunteer.objects.get(pk=young.scope.volunteer or 0).number
    with acting_as(officer.scope), pytest.raises(Refusal) as refused, transaction.atomic():
        assign_people(session, [number], actor=officer)
    assert refused.value.code == "guardian_missing"
    with as_owner():
        Volunteer.objects.filter(number=number).update(guardian_consent_on=timezone.localdate())
    assert enrolled(session, young) == "placed"


def test_session_that_has_begun_or_is_cancelled_takes_nobody(cast: Cast) -> None:
    session = session_of(course_of(cast), places=9)
    enrolled(session, cast.person)
    with acting_as(cast.county_441802.scope):
        cancel_session(session, actor=cast.county_441802, reason="讲师生病")
    assert enrolled(session, another(cast)) == "enrolment_open"
    with acting_as(cast.person.scope), pytest.raises(Refusal) as refused:
        withdraw_enrolment(of_person(session, cast.person), actor=cast.person)
    assert refused.value.code == "closed"


@pytest.mark.parametrize(
    ("months", "until"), [(None, None), (1, date(2026, 2, 27)), (12, date(2027, 1, 30))]
)
def test_completion_gives_minutes_and_a_qualification(
    cast: Cast, months: int | None, until: date | None
) -> None:
    session = session_of(course_of(cast, valid_months=months))
    enrolled(session, cast.person)
    officer, mine = cast.recorder_441802, of_person(session, cast.person)
    with acting_as(officer.scope), pytest.raises(Refusal) as early:
        write_results(session, [mine.pk], actor=officer, result=EnrolmentState.COMPLETED)
    assert early.value.code == "not_begun"
    with as_owner():
        Session.objects.filter(pk=session.pk).update(starts_at="2026-01-31T01:00Z")
        session.refresh_from_db()
    with time_machine.travel("2026-01-31T09:00+08:00"), acting_as(officer.scope):
        done = write_results(session, [mine.pk], actor=officer, result=EnrolmentState.COMPLETED)
    assert done == 1
    mine = of_person(session, cast.person)
    assert (mine.minutes, mine.completed_on, mine.valid_until) == (120, date(2026, 1, 31), until)
    with acting_as(officer.scope):
        write_results(session, [mine.pk], actor=officer, result=EnrolmentState.FAILED)
    mine = of_person(session, cast.person)
    assert (mine.state, mine.minutes, mine.valid_until) == ("failed", 0, None)


def test_volunteer_writes_no_result_and_no_state_but_withdrawn(cast: Cast) -> None:
    session = session_of(course_of(cast))
    enrolled(session, another(cast))
    enrolled(session, cast.person)
    for statement, error in (
        ("UPDATE training_enrolment SET state = 'completed'", IntegrityError),
        ("UPDATE training_enrolment SET state = 'placed'", IntegrityError),
        ("UPDATE training_enrolment SET minutes = 60", ProgrammingError),
        ("UPDATE training_enrolment SET valid_until = '2099-01-01'", ProgrammingError),
    ):
        with acting_as(cast.person.scope), connection.cursor() as cursor:
            with pytest.raises(error), transaction.atomic():
                cursor.execute(statement)
    assert states(session) == ["placed", "waiting"]


def test_volunteer_sees_the_own_enrolment_only(cast: Cast) -> None:
    session = session_of(course_of(cast), places=9)
    for actor in (cast.person, another(cast)):
        enrolled(session, actor)
    with acting_as(cast.person.scope):
        assert [each.volunteer_id for each in Enrolment.objects.all()] == [cast.volunteer.pk]


@pytest.mark.django_db(transaction=True)
def test_hundred_at_once_on_twenty_places(cast: Cast) -> None:
    session = session_of(course_of(cast), places=20)
    with as_owner():
        people = VolunteerFactory.create_batch(100, committee=cast.committee("441802009"))
        actors = [actor_of_volunteer(UserFactory(volunteer_id=each.pk)) for each in people]

    def ask(mine: list[Actor]) -> list[str]:
        try:
            return [enrolled(session, actor) for actor in mine]
        finally:
            connection.close()

    with ThreadPoolExecutor(20) as hands:
        list(hands.map(ask, [actors[hand::20] for hand in range(20)]))
    assert states(session) == ["placed"] * 20 + ["waiting"] * 80
