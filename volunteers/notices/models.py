"""What the organiser of an activity writes to those who signed up, and who has looked at it."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import CommitteeOwned, TieredByCommittee
from volunteers.activities.models import Activity, Shift
from volunteers.notices.queries import DeliveryQuerySet, SentNoticeQuerySet

__all__ = ["Audience", "Delivery", "Notice"]


class Audience(models.TextChoices):
    """Who of those signed up a message is for."""

    STANDING = "standing", _("everybody signed up")
    PLACED = "placed", pgettext_lazy("audience", "who has a place")
    WAITING = "waiting", pgettext_lazy("audience", "who is on the waiting list")


class Notice(CommitteeOwned):
    """Sent once and changed by nobody; ``committee`` is that of the activity.

    ``shift`` is None where it goes to all shifts of the activity.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="notices")
    shift = models.ForeignKey(
        Shift, on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    audience = models.CharField(
        _("to whom"), max_length=8, choices=Audience, default=Audience.STANDING
    )
    title = models.CharField(_("title"), max_length=40)
    text = models.CharField(_("text"), max_length=300)
    sent_by_label = models.CharField(_("sent by"), max_length=60)
    sent_at = models.DateTimeField(_("sent at"))

    objects = SentNoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("notice")
        verbose_name_plural = _("notices")
        constraints = [
            models.CheckConstraint(
                name="notice_says_something",
                condition=~models.Q(title="") & ~models.Q(text=""),
            )
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.sent_at:%Y-%m-%d %H:%M}"


class Delivery(TieredByCommittee):
    """One person to whom a notice went, and when that person looked at it."""

    notice = models.ForeignKey(
        Notice, on_delete=models.PROTECT, related_name="deliveries", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    looked_at = models.DateTimeField(_("looked at"), null=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("delivery of a notice")
        verbose_name_plural = _("deliveries of notices")
        indexes = [models.Index(fields=["volunteer", "-id"], name="delivery_volunteer")]
        constraints = [
            models.UniqueConstraint(name="delivery_once", fields=["notice", "volunteer"])
        ]

    def __str__(self) -> str:
        return f"{self.notice_id} · {self.volunteer_id}"
