"""What the tests of training arrange."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django.utils import timezone

from core.tenancy.scope import acting_as
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from tests.cast import Cast
from tests.database import as_owner
from tests.factories import CourseFactory, SessionFactory
from training.courses.models import Course
from training.sessions.domain import enrol
from training.sessions.models import Enrolment, Session
from volunteers.registry.models import Volunteer

__all__ = ["course_of", "enrolled", "holds", "session_of", "states"]


def course_of(cast: Cast, code: str = "441802", **fields: Any) -> Course:
    """A published course of that committee."""
    with as_owner():
        return CourseFactory(committee=cast.committee(code), **fields)


def session_of(course: Course, **fields: Any) -> Session:
    """A session of the course's committee in a week, open, with one place."""
    with as_owner():
        return SessionFactory(course=course, **fields)


def enrolled(session: Session, actor: Actor) -> str:
    """The state that the person got, or the code of the refusal."""
    try:
        with acting_as(actor.scope):
            seen = Session.objects.select_related("course__after").get(pk=session.pk)
            return enrol(seen, actor=actor).state
    except Refusal as refused:
        return refused.code


def holds(person: Volunteer, course: Course, *, until: date | None = None) -> Enrolment:
    """The person has completed the course."""
    with as_owner():
        session = SessionFactory(course=course, starts_at=timezone.now() - timedelta(days=9))
        return Enrolment.objects.create(
            committee=session.committee,
            session=session,
            course=course,
            volunteer=person,
            volunteer_name=person.name,
            volunteer_number=person.number,
            state="completed",
            minutes=course.minutes,
            completed_on=timezone.localdate() - timedelta(days=9),
            valid_until=until,
        )


def states(session: Session) -> list[str]:
    """Of all enrolments, in the order of the line."""
    with as_owner():
        rows = Enrolment.objects.filter(session=session).order_by("pk")
        return list(rows.values_list("state", flat=True))
