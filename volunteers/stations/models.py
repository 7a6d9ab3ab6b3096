"""Stations: places with a roof and opening hours where volunteers serve."""

from __future__ import annotations

from datetime import datetime

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from core.geo.columns import Pointed, point_constraint
from core.workdays.opening import is_open_at
from organizations.committees.ownership import CommitteeOwned
from volunteers.stations.queries import StationQuerySet

__all__ = ["Station"]


@pghistory.track()
class Station(CommitteeOwned, Pointed):
    """Run by a committee or one of its organisations. All of it is public.

    ``hours`` are seven texts from Monday to Sunday, such as ``09:00-12:00 14:00-17:00``; an empty
    one means closed. It exists until the day before ``closed_on``.
    """

    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=200)
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("run by (empty: the committee)"),
    )
    keeper = models.CharField(_("who keeps it"), max_length=50)
    keeper_phone = models.CharField(_("telephone for questions"), max_length=20)
    hours = ArrayField(models.CharField(max_length=40, blank=True), size=7)
    hours_note = models.CharField(_("exceptions"), max_length=100, blank=True)
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = StationQuerySet.as_manager()

    class Meta:
        verbose_name = _("station")
        verbose_name_plural = _("stations")
        ordering = ["committee", "name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="station_name_once"),
            models.CheckConstraint(
                name="station_has_hours_of_seven_days", condition=Q(hours__len=7)
            ),
            point_constraint("station_point"),
            models.CheckConstraint(
                name="station_closes_after_opening",
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gte=F("opened_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    @property
    def is_open_now(self) -> bool:
        """Whether its hours say so; exceptions are for people to read."""
        return self.is_open_at(timezone.localtime())

    def is_open_at(self, moment: datetime) -> bool:
        """As `is_open_now`, at a moment of the portal's zone."""
        return self.closed_on is None and is_open_at(self.hours, moment)
