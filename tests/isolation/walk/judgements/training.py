"""Addresses of training: courses, sessions, what activities ask for, a volunteer's learning."""

from __future__ import annotations

from typing import Any

from tests.database import as_owner
from tests.factories import CourseFactory, SessionFactory
from tests.isolation.walk.calls import a_call
from tests.isolation.walk.judged import REFUSED, Judged, deed, form, page
from tests.isolation.walk.names import says
from tests.isolation.walk.things import Things, Walked
from training.courses.models import Course
from training.sessions.models import Enrolment, Session

__all__ = ["JUDGED"]

_COURSE = {"title": "急救入门", "tier": "in_service", "outline": "心肺复苏", "hours": "2"}
_SESSION = {
    "starts_at": "2099-05-01T08:00",
    "ends_at": "2099-05-01T10:00",
    "mode": "place",
    "place": "会议室",
    "teacher": "讲师",
    "places": "5",
    "enrolment": "open",
}


def a_course(walked: Walked, things: Things) -> dict[str, Any]:
    return {"course_id": walked.world.key(Course, things.place)}


def a_draft(walked: Walked, things: Things) -> dict[str, Any]:
    committee = walked.world.committee(things.place)
    with as_owner():
        found = Course.objects.filter(committee=committee, state="draft").first()
        made = found or CourseFactory(
            committee=committee, state="draft", title=f"{things.place.mark}稿"
        )
    return {"course_id": made.pk}


def a_session(walked: Walked, things: Things) -> dict[str, Any]:
    return {"session_id": walked.world.key(Session, things.place)}


def a_free_session(walked: Walked, things: Things) -> dict[str, Any]:
    course = a_course(walked, things)["course_id"]
    with as_owner():
        found = Session.objects.filter(course=course, created_by_label="空").first()
        made = found or SessionFactory(
            course=Course.objects.get(pk=course), places=9, created_by_label="空"
        )
    return {"session_id": made.pk}


def an_enrolment(walked: Walked, things: Things) -> dict[str, Any]:
    return {"enrolment_id": walked.world.key(Enrolment, things.place)}


def one_who_asked(walked: Walked, things: Things) -> dict[str, Any]:
    spare = walked.world.people[things.place].spare
    with as_owner():
        session = Session.objects.get(pk=walked.world.key(Session, things.place))
        made, _new = Enrolment.objects.get_or_create(
            session=session,
            volunteer=spare,
            defaults={
                "committee": session.committee,
                "course": session.course,
                "volunteer_name": spare.name,
                "volunteer_number": spare.number,
                "state": "placed",
            },
        )
        Enrolment.objects.filter(pk=made.pk).update(state="asked")
    return {"enrolment_id": made.pk}


def a_spare(walked: Walked, things: Things) -> dict[str, Any]:
    return {"numbers": walked.world.people[things.place].volunteer.number}


JUDGED: tuple[Judged, ...] = (
    page("sessions:course-list", "training.view"),
    page("sessions:course-detail", "training.view", a_course),
    form("courses:course-create", "training.write", data=says(**_COURSE)),
    form("courses:course-edit", "training.write", a_draft, data=says(**_COURSE)),
    deed("courses:course-publish", "training.publish", a_draft),
    deed("courses:course-withdraw", "training.publish", a_course),
    form("sessions:session-create", "training.write", a_course, data=says(**_SESSION)),
    page("sessions:session-detail", "training.view", a_session),
    deed("sessions:session-cancel", "training.write", a_session, data=says(reason="讲师生病")),
    deed("sessions:session-assign", "training.write", a_free_session, data=a_spare),
    # That of the walk is still to come: tests/training/sessions writes results.
    deed("sessions:result-write", "training.write", a_session, post=REFUSED),
    deed("sessions:enrolment-answer", "training.write", one_who_asked, data=says(agrees="yes")),
    form("requirements:activity-requirements", "activities.write", a_call),
    page("learning:own-learning", "own.learn"),
    # Any session of the own committee or one above it is for everybody there.
    deed("learning:own-enrol", "own.learn", a_free_session, elsewhere="302"),
    deed("learning:own-withdraw", "own.learn", an_enrolment),
)
