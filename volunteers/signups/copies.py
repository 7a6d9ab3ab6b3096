"""What the copy of a person's data holds of sign-ups."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer
from volunteers.signups.models import SignUp

__all__: list[str] = []


@copy_part("signups", title=_("Sign-ups"), of=["volunteers_signup.volunteer_id"])
def _signups(volunteer: Volunteer) -> Rows:
    return [
        {
            "activity": each.activity.title,
            "starts_at": moment_text(each.shift.starts_at),
            "state": each.get_state_display(),
            "ended_at": moment_text(each.ended_at),
            "reason": each.reason,
            "added_reason": each.added_reason,
        }
        for each in SignUp.objects.of_person(volunteer.pk).with_calls().order_by("pk")
    ]
