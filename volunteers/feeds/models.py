"""Secret addresses of calendars."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

__all__ = ["CalendarFeed"]


class CalendarFeed(models.Model):
    """The calendar of one person's sign-ups, for one account: whoever knows its address reads it.

    Only the digest of the address is kept. A parent's account has one for each child.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    made_at = models.DateTimeField(_("made at"))

    class Meta:
        verbose_name = _("calendar address")
        verbose_name_plural = _("calendar addresses")
        constraints = [
            models.UniqueConstraint(name="calendar_feed_once", fields=["volunteer", "user"])
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_id} · {self.made_at:%Y-%m-%d}"
