"""Totals of hours, kept beside the records and recounted cell by cell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import PathKeyField
from organizations.committees.ownership import CommitteeOwned
from volunteers.totals.queries import HoursTotalQuerySet

__all__ = ["ALL_KINDS", "DirtyCell", "HoursTotal"]

ALL_KINDS = ""


class HoursTotal(CommitteeOwned):
    """Confirmed hours of a committee *with everything below it*, in one month, of one kind.

    ``kind`` is empty for all kinds together: volunteers are people counted once, so that figure
    is not the sum of the kinds' figures, nor of the committees' below. ``month`` is the first day.
    """

    month = models.DateField(_("month"))
    kind = models.CharField(_("kind"), max_length=12, blank=True)
    minutes = models.BigIntegerField(_("minutes"))
    records = models.IntegerField(_("records"))
    volunteers = models.IntegerField(_("volunteers"))
    computed_at = models.DateTimeField(_("as of"))

    objects = HoursTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total of hours")
        verbose_name_plural = _("totals of hours")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "month", "kind"],
                include=["minutes", "records", "volunteers"],
                name="hours_total_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} · {self.month:%Y-%m} · {self.kind or '*'}"


class DirtyCell(models.Model):
    """A mark that records of a committee's month changed, written by a trigger with the change.

    Marks are only appended: writers of the same month never wait for each other.
    """

    committee_path = PathKeyField()
    month = models.DateField()
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("cell to recount")
        verbose_name_plural = _("cells to recount")

    def __str__(self) -> str:
        return f"{self.committee_path} · {self.month:%Y-%m}"
