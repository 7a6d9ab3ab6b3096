"""Two entries of one person become one, and can become two again."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.duplicates.queries import MergeQuerySet

__all__ = ["UNDO_DAYS", "Merge"]

# As `volunteers_unmerge` counts.
UNDO_DAYS = 30


class Merge(CommitteeOwned):
    """What was merged into what, and all that an undo needs.

    ``committee`` is the nearest one above both, so that who sees the row has rights on both.
    ``moved``: table.column → ids. ``voided``: records that were settled with the merge, as they
    stood. ``account``: of the entry that was merged, as it stood. Only the database writes it.
    """

    survivor = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    merged = models.ForeignKey("volunteers.Volunteer", on_delete=models.PROTECT, related_name="+")
    survivor_name = models.CharField(max_length=50)
    survivor_number = models.CharField(max_length=12)
    merged_name = models.CharField(max_length=50)
    merged_number = models.CharField(max_length=12)
    merged_state = models.CharField(max_length=9)
    reason = models.CharField(_("reason"), max_length=200)
    by_label = models.CharField(_("merged by"), max_length=60)
    at = models.DateTimeField(_("merged at"))
    moved = models.JSONField(default=dict)
    voided = models.JSONField(default=list)
    account = models.JSONField(null=True)
    undone_at = models.DateTimeField(_("undone at"), null=True)
    undone_by_label = models.CharField(_("undone by"), max_length=60, blank=True)
    undo_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = MergeQuerySet.as_manager()

    class Meta:
        verbose_name = _("merge of two entries")
        verbose_name_plural = _("merges of two entries")
        indexes = [models.Index(fields=["committee", "-id"], name="merge_committee_newest")]

    def __str__(self) -> str:
        return f"{self.merged_number} → {self.survivor_number}"

    @property
    def undo_until(self) -> datetime:
        """The last moment for taking it back."""
        return self.at + timedelta(days=UNDO_DAYS)

    @property
    def may_be_undone(self) -> bool:
        """Whether it stands and is young enough."""
        return self.undone_at is None and timezone.now() < self.undo_until
