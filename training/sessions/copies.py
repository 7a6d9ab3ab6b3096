"""What the copy of a person's data holds of training (Civil Affairs order 67, article 8)."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from training.sessions.models import Enrolment
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("training", title=_("Training"), of=["training_enrolment.volunteer_id"])
def _training(volunteer: Volunteer) -> Rows:
    mine = Enrolment.objects.of_person(volunteer.pk).select_related("course", "session")
    return [
        {
            "course": each.course.title,
            "starts_at": moment_text(each.session.starts_at),
            "state": each.get_state_display(),
            "minutes": each.minutes,
            "completed_on": each.completed_on and each.completed_on.isoformat(),
            "valid_until": each.valid_until and each.valid_until.isoformat(),
            "reason": each.reason,
        }
        for each in mine.order_by("pk")
    ]
