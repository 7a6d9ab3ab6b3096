"""Links by which a guardian reaches the page that asks for consent."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned

__all__ = ["GuardianLink", "LinkUse"]


class LinkUse(models.TextChoices):
    """What a link is for."""

    GIVE = "give", _("give consent")
    WITHDRAW = "withdraw", _("withdraw consent")
    TRANSFER = "transfer", _("agree to a transfer")


class GuardianLink(CommitteeOwned):
    """A link for one guardian, good for one use; only the digest of its token is kept."""

    # Drawn here: who appends a link need not read others.
    id = models.UUIDField(primary_key=True, default=uuid4, editable=False)
    volunteer = models.ForeignKey(
        "volunteers.Volunteer",
        on_delete=models.PROTECT,
        related_name="guardian_links",
    )
    use = models.CharField(_("use"), max_length=8, choices=LinkUse)
    # The key of what is asked about, where that is not the consent itself: a transfer.
    about = models.BigIntegerField(null=True, editable=False)
    token_digest = models.BinaryField(max_length=32, unique=True)
    sent_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    sent_by_label = models.CharField(_("sent by"), max_length=60, blank=True)
    phone_mask = models.CharField(_("telephone"), max_length=20)
    sent_at = models.DateTimeField(_("sent at"), default=timezone.now)
    expires_at = models.DateTimeField(_("expires at"))
    used_at = models.DateTimeField(_("used at"), null=True)

    class Meta:
        verbose_name = _("link for a guardian")
        verbose_name_plural = _("links for guardians")

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.use}"
