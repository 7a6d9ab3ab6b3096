"""A person's way of learning: what is held, what lapses, what is to come, and what there is."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from django.utils import timezone

from training.courses.models import Course, CourseTier
from training.sessions.models import Enrolment, EnrolmentState, Session

__all__ = ["Learning", "Offered", "learning_of"]

LAPSES_WITHIN = timedelta(days=60)


@dataclass(frozen=True, slots=True)
class Offered:
    """A course that one does not hold, with the next sessions."""

    course: Course
    sessions: tuple[Session, ...]


@dataclass(frozen=True, slots=True)
class Learning:
    """``coming``: enrolled or waiting. ``held`` qualifications, of which ``lapsing`` are the ids
    of those that end within 60 days. ``offered``: what one neither holds nor is enrolled in."""

    coming: tuple[Enrolment, ...]
    held: tuple[Enrolment, ...]
    lapsing: frozenset[int]
    past: tuple[Enrolment, ...]
    offered: tuple[Offered, ...]
    minutes: int


def _by_tier(course: Course) -> tuple[int, str]:
    return CourseTier.values.index(course.tier), course.title


def learning_of(volunteer_id: int) -> Learning:
    """The own enrolments and all published courses. Three queries."""
    today, now = timezone.localdate(), timezone.now()
    own = Enrolment.objects.of_person(volunteer_id).select_related("course", "session")
    mine = list(own.order_by("-pk"))
    completed = [each for each in mine if each.state == EnrolmentState.COMPLETED]
    held = [each for each in completed if each.valid_until is None or each.valid_until >= today]
    soon = {e.pk for e in held if e.valid_until and e.valid_until <= today + LAPSES_WITHIN}
    coming = [each for each in mine if each.stands and each.session.ends_at > now]
    known = {each.course_id for each in coming}
    known |= {each.course_id for each in held if each.pk not in soon}
    sessions: dict[int, list[Session]] = {}
    for session in Session.objects.to_come(now).exclude(pk__in=[e.session_id for e in coming]):
        sessions.setdefault(session.course_id, []).append(session)
    courses = sorted(Course.objects.published().select_related("after"), key=_by_tier)
    return Learning(
        coming=tuple(coming),
        held=tuple(held),
        lapsing=frozenset(soon),
        past=tuple(each for each in mine if each not in coming and each not in held),
        offered=tuple(
            Offered(course, tuple(sessions.get(course.pk, ())))
            for course in courses
            if course.pk not in known
        ),
        minutes=sum(each.minutes for each in completed),
    )
