"""What the copy of a person's data holds of feedback: what they said, and what was said of them."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.feedback.models import Feedback
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("feedback", title=_("Said afterwards"), of=["volunteers_feedback.volunteer_id"])
def _feedback(volunteer: Volunteer) -> Rows:
    said = Feedback.objects.of_person(volunteer.pk).order_by("pk")
    return [
        {
            "activity": each.activity.title,
            "side": each.get_side_display(),
            "grade": each.get_grade_display(),
            "line": each.line,
            "said_at": moment_text(each.given_at),
        }
        for each in said.select_related("activity").only(
            "side", "grade", "line", "given_at", "activity__title"
        )
    ]
