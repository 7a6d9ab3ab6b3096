"""What the copy of a person's data holds of teams."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer
from volunteers.teams.models import TeamMember

__all__: list[str] = []


@copy_part("teams", title=_("Teams"), of=["volunteers_teammember.volunteer_id"])
def _teams(volunteer: Volunteer) -> Rows:
    return [
        {
            "team": each.organization.name,
            "role": each.get_role_display(),
            "group": each.group,
            "joined_at": moment_text(each.joined_at),
            "ended_at": moment_text(each.ended_at),
            "reason": each.end_reason,
        }
        for each in TeamMember.objects.of_person(volunteer.pk).order_by("pk")
    ]
