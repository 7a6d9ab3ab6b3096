"""Setting which courses an activity asks for."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import transaction

from organizations.accounts.actors import Actor
from training.courses.models import Course
from training.requirements.models import Requirement
from volunteers.activities.models import Activity

__all__ = ["ask_for_courses"]


@transaction.atomic
def ask_for_courses(activity: Activity, courses: Iterable[Course], *, actor: Actor) -> None:
    """From now on the activity asks for exactly these; who has signed up keeps the place."""
    actor.must("activities.write")
    wanted = {course.pk for course in courses}
    stand = Requirement.objects.filter(activity=activity)
    stand.exclude(course__in=wanted).delete()
    known = set(stand.values_list("course_id", flat=True))
    Requirement.objects.bulk_create(
        Requirement(
            committee_id=activity.committee_id,
            activity=activity,
            course_id=course,
            set_by_label=actor.label,
        )
        for course in sorted(wanted - known)
    )
