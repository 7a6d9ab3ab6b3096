"""The verbs of courses: write, publish, withdraw."""

from __future__ import annotations

from dataclasses import asdict, dataclass

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from training.courses.models import Course, CourseState

__all__ = ["CourseFacts", "edit_course", "publish_course", "withdraw_course", "write_course"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CourseFacts:
    """What is taught; ``after_id`` names a course to be completed first, or None."""

    title: str
    tier: str
    outline: str
    minutes: int
    valid_months: int | None = None
    counts_for_post: bool = False
    after_id: int | None = None


@transaction.atomic
def write_course(facts: CourseFacts, *, actor: Actor) -> Course:
    """A draft of the actor's committee."""
    actor.must("training.write")
    return Course.objects.create(
        committee_id=actor.scope.committee, created_by_label=actor.label, **asdict(facts)
    )


@transaction.atomic
def edit_course(course: Course, facts: CourseFacts, *, actor: Actor) -> Course:
    """Writes a draft anew. Raises `Refusal` for what people may hold already."""
    actor.must("training.write")
    locked = _locked(course, CourseState.DRAFT)
    for name, value in asdict(facts).items():
        setattr(locked, name, value)
    if locked.after_id == locked.pk:
        raise Refusal(_("A course does not come before itself."), code="after", field="after_id")
    locked.save()
    return locked


@transaction.atomic
def publish_course(course: Course, *, actor: Actor) -> Course:
    """All below may hold sessions of it from now on. Raises `Refusal` for what is no draft."""
    actor.must("training.publish")
    locked = _locked(course, CourseState.DRAFT)
    locked.state = CourseState.PUBLISHED
    locked.published_by_label, locked.published_at = actor.label, timezone.now()
    locked.save(update_fields=["state", "published_by_label", "published_at"])
    return locked


@transaction.atomic
def withdraw_course(course: Course, *, actor: Actor) -> Course:
    """No new session of it; who holds it keeps it. Raises `Refusal` for what is not published."""
    actor.must("training.publish")
    locked = _locked(course, CourseState.PUBLISHED)
    locked.state = CourseState.WITHDRAWN
    locked.save(update_fields=["state"])
    return locked


def _locked(course: Course, state: CourseState) -> Course:
    locked = Course.objects.select_for_update().get(pk=course.pk)
    if locked.state != state:
        message = _("This course is {state} by now. Load the page anew.")
        raise Refusal(message.format(state=locked.get_state_display()), code="state")
    return locked
