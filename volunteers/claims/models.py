"""Claims: somebody registered by others says “this is me”, or “this is not me”."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TieredByCommittee

__all__ = ["Claim", "ClaimState"]


class ClaimState(models.TextChoices):
    """What the person said of the entry."""

    CLAIMED = "claimed", pgettext_lazy("claim", "claimed")
    DISOWNED = "disowned", pgettext_lazy("claim", "disowned")


class Claim(TieredByCommittee):
    """What a person said, with a code to the telephone on record; no row: nothing yet."""

    volunteer = models.OneToOneField(
        "volunteers.Volunteer", on_delete=models.PROTECT, primary_key=True, related_name="claim"
    )
    state = models.CharField(_("state"), max_length=8, choices=ClaimState)
    said_at = models.DateTimeField(_("said at"), default=timezone.now)
    phone_mask = models.CharField(_("telephone"), max_length=20)

    class Meta:
        verbose_name = _("claim")
        verbose_name_plural = _("claims")
        indexes = [
            # The few that were disowned: counted apart at every tier.
            models.Index(
                fields=["tier2", "tier3", "committee"],
                name="claim_disowned",
                condition=Q(state=ClaimState.DISOWNED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.state}"
