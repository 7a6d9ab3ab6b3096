"""Families: an account that may act for a child."""

from __future__ import annotations

from datetime import date

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.family.queries import FamilyTieQuerySet

__all__ = ["FamilyTie"]


class FamilyTie(models.Model):
    """An account holds a child's pages until the day on which the child is of age.

    It lies beside the accounts because the scope of who acts for a child is proven by it, in the
    statement that opens the scope. ``volunteer_id`` names the child, whose table lies in an app
    above; ``until`` is the eighteenth birthday, the first day on which it does not hold.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="family_ties"
    )
    volunteer_id = models.BigIntegerField()
    child_name = models.CharField(_("child"), max_length=50)
    until = models.DateField(_("until"))
    made_at = models.DateTimeField(_("since"), default=timezone.now)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = FamilyTieQuerySet.as_manager()

    class Meta:
        verbose_name = _("family tie")
        verbose_name_plural = _("family ties")
        indexes = [models.Index(fields=["volunteer_id"], name="family_tie_child")]
        constraints = [
            models.UniqueConstraint(
                fields=["user", "volunteer_id"],
                condition=Q(ended_at__isnull=True),
                name="family_tie_once",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.user_id} · {self.child_name}"

    def holds_on(self, day: date) -> bool:
        """Whether the account may act for the child on that day."""
        return self.ended_at is None and day < self.until
