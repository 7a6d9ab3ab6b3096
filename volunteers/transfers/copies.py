"""What the copy of a person's data holds of transfers."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer
from volunteers.transfers.models import Transfer

__all__: list[str] = []


@copy_part("transfers", title=_("Transfers"), of=["volunteers_transfer.volunteer_id"])
def _transfers(volunteer: Volunteer) -> Rows:
    return [
        {
            "asked_at": moment_text(each.asked_at),
            "origin": each.origin_name,
            "destination": each.destination_name,
            "asked_by": each.asked_by_label,
            "reason": each.reason,
            "state": each.get_state_display(),
            "guardian": each.get_guardian_display() if each.guardian else "",
            "answered_by": each.answered_by_label,
            "answered_at": moment_text(each.answered_at),
            "answer": each.answer,
        }
        for each in Transfer.objects.of_person(volunteer.pk).order_by("pk")
    ]
