"""What the copy of a person's data holds of claims."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from volunteers.claims.models import Claim
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("claims", title=_("What I said of this entry"), of=["volunteers_claim.volunteer_id"])
def _claims(volunteer: Volunteer) -> Rows:
    return [
        {
            "said_at": moment_text(each.said_at),
            "state": each.get_state_display(),
            "phone": each.phone_mask,
        }
        for each in Claim.objects.filter(volunteer=volunteer)
    ]
