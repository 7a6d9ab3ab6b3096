"""The verbs of feedback: each side says it once, and may change it for two weeks."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from volunteers.attendance.models import SERVED, Attendance
from volunteers.feedback.models import Feedback, Grade, Side
from volunteers.signups.domain import must_have_place
from volunteers.signups.domain.asking import hold_queue
from volunteers.signups.models import SignUp

__all__ = ["CHANGEABLE", "LONGEST_LINE", "rate_activity", "rate_volunteer"]

CHANGEABLE = timedelta(days=14)
LONGEST_LINE = 200


@transaction.atomic
def rate_activity(signup: SignUp, *, actor: Actor, grade: Grade, line: str = "") -> Feedback:
    """What the volunteer says of a shift that is over.

    Raises `Refusal` before its end, for who had no place, for a line that is too long, and two
    weeks after it was first said.
    """
    actor.must("own.signup")
    return _said(signup, Side.VOLUNTEER, actor, grade, line)


@transaction.atomic
def rate_volunteer(signup: SignUp, *, actor: Actor, grade: Grade, line: str = "") -> Feedback:
    """What the organiser says of who served, who reads it; beside the time quality may count
    (volunteer service order, art. 10).

    Raises `Refusal` as `rate_activity` does, and for who was marked as not there.
    """
    actor.must("activities.write")
    marked = Attendance.objects.filter(signup=signup).first()
    if marked is not None and marked.mark not in SERVED:
        message = _("{name} was not there, so there is nothing to say of the service.")
        raise Refusal(message.format(name=signup.volunteer_name), code="not_there")
    return _said(signup, Side.ORGANISER, actor, grade, line)


def _said(signup: SignUp, side: Side, actor: Actor, grade: Grade, line: str) -> Feedback:
    line = text_given(line, field="line", most=LONGEST_LINE)
    now = timezone.now()
    must_have_place(signup)
    if signup.shift.ends_at > now:
        raise Refusal(_("The shift is not over yet."), code="not_ended")
    # Two taps at once are one.
    hold_queue(signup.shift)
    said = Feedback.objects.filter(signup=signup, side=side).first()
    if said is None:
        return Feedback.objects.create(
            committee_id=signup.committee_id,
            signup=signup,
            activity_id=signup.activity_id,
            volunteer_id=signup.volunteer_id,
            side=side,
            grade=grade,
            line=line,
            by_label=actor.label,
            given_at=now,
        )
    if now >= said.given_at + CHANGEABLE:
        message = _("It was said more than two weeks ago and stays as it is.")
        raise Refusal(message, code="fixed")
    said.grade, said.line, said.by_label, said.changed_at = grade, line, actor.label, now
    said.save(update_fields=["grade", "line", "by_label", "changed_at"])
    return said
