"""What the copy of a person's data holds of stars."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from incentives.stars.models import StarAward
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("stars", title=_("Stars"), of=["incentives_staraward.volunteer_id"])
def _stars(volunteer: Volunteer) -> Rows:
    return [
        {
            "stars": each.stars,
            "state": each.get_state_display(),
            "minutes": each.minutes,
            "since": moment_text(each.proposed_at),
            "decided_at": moment_text(each.decided_at),
            "reason": each.reason,
        }
        for each in StarAward.objects.filter(volunteer=volunteer.pk).order_by("pk")
    ]
