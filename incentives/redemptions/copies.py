"""What the copy of a person's data holds of redemptions."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from incentives.redemptions.models import Redemption
from volunteers.privacy.domain.parts import Rows, copy_part, moment_text
from volunteers.registry.models import Volunteer

__all__: list[str] = []


@copy_part("redemptions", title=_("Benefits used"), of=["incentives_redemption.volunteer_id"])
def _redemptions(volunteer: Volunteer) -> Rows:
    mine = Redemption.objects.filter(volunteer=volunteer.pk).select_related("merchant")
    names = mine.only(
        "offer_title", "redeemed_at", "reversed_at", "reverse_reason", "merchant__name"
    )
    return [
        {
            "merchant": each.merchant.name,
            "offer": each.offer_title,
            "redeemed_at": moment_text(each.redeemed_at),
            "reversed_at": moment_text(each.reversed_at),
            "reason": each.reverse_reason,
        }
        for each in names.order_by("pk")
    ]
