"""Who has not completed what an activity asks for does not sign up, and reads where to learn it."""

from __future__ import annotations

from datetime import date

from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.scope import read_once
from core.web.moments import moment_text
from training.courses.models import Course
from training.requirements.models import Requirement
from training.sessions.models import Enrolment, Session
from volunteers.activities.models import Activity
from volunteers.registry.models import Volunteer
from volunteers.signups.domain import Misfit, gate

__all__: list[str] = []


@gate("training")
def _training(person: Volunteer, activity: Activity, day: date) -> Misfit | None:
    courses = read_once((Requirement, activity.pk), lambda: _asked(activity.pk))
    if not courses:
        return None
    held = Enrolment.objects.of_person(person.pk).holding(day).values_list("course_id", flat=True)
    missing = next((each for each in courses if each.pk not in set(held)), None)
    if missing is None:
        return None
    message = _("This call asks for the course “{title}”. {next}")
    return Misfit("training_missing", message.format(title=missing.title, next=_next(missing)))


def _asked(activity: int) -> list[Course]:
    asked = Requirement.objects.filter(activity=activity).select_related("course").order_by("pk")
    return [each.course for each in asked]


def _next(course: Course) -> str:
    session = Session.objects.filter(course=course.pk).to_come(timezone.now()).first()
    if session is None:
        return _("No session is planned yet; ask your committee.")
    said = _("The next session: {when}, {place}. Enrol under “Learning”.")
    place = session.place or session.get_mode_display()
    return said.format(when=moment_text(session.starts_at), place=place)
