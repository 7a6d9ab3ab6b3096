"""What the copy of a person's data holds of guardians and families."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.family.models import FamilyTie
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part(
    "guardian_links",
    title=_("Links sent to my guardian"),
    of=["volunteers_guardianlink.volunteer_id"],
)
def _links(volunteer: Volunteer) -> Rows:
    return [
        {
            "sent_at": moment_text(link.sent_at),
            "use": link.get_use_display(),
            "phone": link.phone_mask,
            "sent_by": link.sent_by_label,
            "used_at": moment_text(link.used_at),
            "expires_at": moment_text(link.expires_at),
        }
        for link in volunteer.guardian_links.order_by("sent_at")
    ]


@copy_part("family", title=_("Accounts that hold these pages"))
def _family(volunteer: Volunteer) -> Rows:
    ties = FamilyTie.objects.filter(volunteer_id=volunteer.pk).order_by("pk")
    return [
        {
            "made_at": moment_text(tie.made_at),
            "until": tie.until.isoformat(),
            "ended_at": moment_text(tie.ended_at),
        }
        for tie in ties
    ]
