"""Rows of training: courses, sessions, enrolments, requirements."""

from __future__ import annotations

from django.db.models import Model

from tests.factories import CourseFactory, SessionFactory
from tests.isolation.people import Maker, People, Place
from training.courses.models import Course
from training.requirements.models import Requirement
from training.sessions.models import Enrolment, Session
from volunteers.activities.models import Activity

__all__ = ["MAKERS"]


def _course(people: People, place: Place, _number: int) -> Model:
    return CourseFactory(
        committee=people.committee, title=f"{place.shared_mark}课", created_by_label=f"{place}课"
    )


def _session(people: People, place: Place, _number: int) -> Model:
    course = Course.objects.get(created_by_label=f"{place}课")
    return SessionFactory(
        course=course, place=f"{place.shared_mark}室", places=9, created_by_label=f"{place}期"
    )


def _enrolment(people: People, place: Place, _number: int) -> Model:
    session = Session.objects.get(created_by_label=f"{place}期")
    return Enrolment.objects.create(
        committee=people.committee,
        session=session,
        course=session.course,
        volunteer=people.volunteer,
        volunteer_name=people.volunteer.name,
        volunteer_number=people.volunteer.number,
        state="placed",
        asked_by_label=f"{place.mark}报",
    )


def _requirement(people: People, place: Place, _number: int) -> Model:
    return Requirement.objects.create(
        committee=people.committee,
        activity=Activity.objects.filter(committee=people.committee, state="draft")[0],
        course=Course.objects.get(created_by_label=f"{place}课"),
        set_by_label=f"{place.mark}求",
    )


MAKERS: tuple[Maker, ...] = (_course, _session, _enrolment, _requirement)
