"""What the copy of a person's data holds of certificates."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.certificates.models import Certificate
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("certificates", title=_("Certificates"), of=["volunteers_certificate.volunteer_id"])
def _certificates(volunteer: Volunteer) -> Rows:
    own = Certificate.objects.of_person(volunteer.pk).prefetch_related("committee")
    return [
        {
            "number": each.number,
            "issued_at": moment_text(each.issued_at),
            "committee": each.committee.full_name,
            "first_on": each.first_on.isoformat(),
            "last_on": each.last_on.isoformat(),
            "minutes": each.minutes,
            "state": each.get_state_display(),
            "seal": each.get_seal_state_display(),
            "code": each.code,
        }
        for each in own.order_by("pk")
    ]
