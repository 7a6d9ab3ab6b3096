"""Leaders: a volunteer who may act for an organisation."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.leaders.queries import LeadershipQuerySet

__all__ = ["Leadership"]


class Leadership(models.Model):
    """A volunteer leads an organisation until ``ended_at``.

    The database writes it as memberships of teams come and go (a trigger of the app above); it lies
    beside the accounts because the scope of who leads is proven by it, in the statement that opens
    the scope. ``volunteer_id`` names a volunteer, whose table lies above; the name is of then.
    """

    organization = models.ForeignKey(
        "organizations.Organization", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    organization_name = models.CharField(_("organisation"), max_length=120)
    volunteer_id = models.BigIntegerField()
    since = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = LeadershipQuerySet.as_manager()

    class Meta:
        verbose_name = _("leadership")
        verbose_name_plural = _("leaderships")
        indexes = [models.Index(fields=["volunteer_id"], name="leadership_volunteer")]
        constraints = [
            models.UniqueConstraint(
                fields=["organization", "volunteer_id"],
                condition=Q(ended_at__isnull=True),
                name="leadership_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.organization_name} · {self.volunteer_id}"
