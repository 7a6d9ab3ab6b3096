"""Two entries that may be one person."""

from __future__ import annotations

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.duplicates.queries import PairQuerySet

__all__ = ["DuplicatePair", "PairReason"]


class PairReason(models.TextChoices):
    """Why they may be one."""

    BIRTH = "birth", _("same name and birth date")
    PHONE = "phone", _("same telephone and name")
    PAPER = "paper", _("same name and birth date, another kind of document")


class DuplicatePair(CommitteeOwned):
    """Found by the nightly search; a pair that was dismissed stays, so that it is not found again.

    ``committee`` is the nearest one above both, ``first`` the entry with the lower key.
    """

    first = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.CASCADE, related_name="+", db_index=False
    )
    second = models.ForeignKey("volunteers.Volunteer", on_delete=models.CASCADE, related_name="+")
    why = models.CharField(max_length=5, choices=PairReason)
    found_at = models.DateTimeField(_("found at"))
    dismissed_at = models.DateTimeField(_("dismissed at"), null=True)
    dismissed_by_label = models.CharField(_("dismissed by"), max_length=60, blank=True)
    dismiss_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = PairQuerySet.as_manager()

    class Meta:
        verbose_name = _("probable duplicate")
        verbose_name_plural = _("probable duplicates")
        indexes = [
            models.Index(
                fields=["committee", "-id"],
                name="pair_open",
                condition=Q(dismissed_at__isnull=True),
            )
        ]
        constraints = [
            models.UniqueConstraint(name="pair_once", fields=["first", "second"]),
            models.CheckConstraint(name="pair_in_order", condition=Q(first__lt=F("second"))),
        ]

    def __str__(self) -> str:
        return f"{self.first_id} · {self.second_id}"
