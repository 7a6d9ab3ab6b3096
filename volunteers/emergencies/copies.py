"""What the copy of a person's data holds of the emergency contact."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from core.crypto.sealing import unseal
from volunteers.emergencies.models import EmergencyContact, phone_context
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part(
    "emergency_contact",
    title=_("Whom to call in an emergency"),
    of=["volunteers_emergencycontact.volunteer_id"],
)
def _contact(volunteer: Volunteer) -> Rows:
    return [
        {
            "name": each.name,
            "relation": each.get_relation_display(),
            "phone": unseal(each.phone_sealed, context=phone_context(volunteer.pk)),
            "said_at": moment_text(each.said_at),
        }
        for each in EmergencyContact.objects.filter(volunteer=volunteer)
    ]
