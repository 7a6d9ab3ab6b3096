"""Totals of hours, kept beside the records and recounted cell by cell."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import PathKeyField
from organizations.committees.ownership import CommitteeOwned
from volunteers.totals.queries import HoursTotalQuerySet, RegistryTotalQuerySet

__all__ = ["ALL_KINDS", "DirtyCell", "HoursTotal", "RecountClock", "RegistryTotal", "Subject"]

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
    # Records entered within the statutory time limit.
    on_time = models.IntegerField(_("on time"), default=0, db_default=0)
    computed_at = models.DateTimeField(_("as of"))

    objects = HoursTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total of hours")
        verbose_name_plural = _("totals of hours")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "month", "kind"],
                include=["minutes", "records", "volunteers", "on_time"],
                name="hours_total_cell",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} · {self.month:%Y-%m} · {self.kind or '*'}"


class RegistryTotal(CommitteeOwned):
    """Active volunteers of a committee *with everything below it*, by month of registration.

    A volunteer belongs to one committee, so months and committees may be added up.
    """

    month = models.DateField(_("month"))
    volunteers = models.IntegerField(_("volunteers"))
    computed_at = models.DateTimeField(_("as of"))

    objects = RegistryTotalQuerySet.as_manager()

    class Meta:
        verbose_name = _("total of volunteers")
        verbose_name_plural = _("totals of volunteers")
        constraints = [
            models.UniqueConstraint(
                fields=["committee", "month"], include=["volunteers"], name="registry_total_cell"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} · {self.month:%Y-%m}"


class Subject(models.TextChoices):
    """Which totals a mark is for."""

    HOURS = "hours", _("hours")
    REGISTRY = "registry", _("registry")


class DirtyCell(models.Model):
    """A mark that rows of a committee's month changed, written by a trigger with the change.

    Marks are only appended: writers of the same month never wait for each other.
    """

    subject = models.CharField(max_length=8, choices=Subject)
    committee_path = PathKeyField()
    month = models.DateField()
    marked_at = models.DateTimeField()

    class Meta:
        verbose_name = _("cell to recount")
        verbose_name_plural = _("cells to recount")

    def __str__(self) -> str:
        return f"{self.committee_path} · {self.month:%Y-%m}"


class RecountClock(models.Model):
    """One row: all that was committed before ``as_of`` is counted in the totals."""

    as_of = models.DateTimeField()

    class Meta:
        verbose_name = _("clock of the totals")
        verbose_name_plural = _("clock of the totals")
        constraints = [
            models.CheckConstraint(name="recount_clock_single_row", condition=models.Q(id=1)),
        ]

    def __str__(self) -> str:
        return f"{self.as_of:%Y-%m-%d %H:%M:%S}"
