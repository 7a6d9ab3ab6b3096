"""What the copy of a person's data holds of scans."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.checkins.models import CheckIn
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("checkins", title=_("Check-ins"), of=[])
def _checkins(volunteer: Volunteer) -> Rows:
    scans = CheckIn.objects.filter(signup__volunteer=volunteer.pk).order_by("pk")
    return [
        {
            "direction": each.get_direction_display(),
            "at": moment_text(each.at),
            "way": each.get_way_display(),
            "where": each.get_where_display(),
        }
        for each in scans
    ]
