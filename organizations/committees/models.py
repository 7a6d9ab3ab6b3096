"""Committees of the Youth League, at four levels."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from core.tenancy.keys import PathKeyField, tier_of
from organizations.committees.queries import CommitteeQuerySet

__all__ = ["Committee", "Kind", "Level"]


class Level(models.TextChoices):
    """Administrative level; not the depth, since some cities have no counties."""

    PROVINCE = "province", _("province")
    CITY = "city", _("city")
    COUNTY = "county", _("county")
    TOWNSHIP = "township", _("township")


class Kind(models.TextChoices):
    """What the committee answers for."""

    REGIONAL = "regional", _("regional")
    CAMPUS = "campus", _("campus")
    ZONE = "zone", _("zone")


@pghistory.track()
class Committee(models.Model):
    """A Youth League committee; it answers for everything below it.

    ``path`` is the key that row-level security compares; it never changes. ``code`` (GB/T 2260
    or issued) is the public name. A division is never rewritten: splits and merges close one
    committee and open another with ``successor``.
    """

    path = PathKeyField(primary_key=True, editable=False)
    parent = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, editable=False, related_name="children"
    )
    code = models.CharField(_("code"), max_length=20, unique=True)
    name = models.CharField(_("name"), max_length=100)
    full_name = models.CharField(
        _("full name"),
        max_length=300,
        help_text=_("From the city down, as in “清远市 / 清城区 / 横荷街道”."),
    )
    level = models.CharField(_("level"), max_length=10, choices=Level)
    kind = models.CharField(_("kind"), max_length=10, choices=Kind, default=Kind.REGIONAL)
    pinyin = models.CharField(max_length=300, editable=False, db_collation="C")
    initials = models.CharField(max_length=100, editable=False, db_collation="C")
    opened_on = models.DateField(_("opened on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    successor = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, blank=True, related_name="predecessors"
    )
    # Public: what people are told to call. Empty where nobody entered any.
    phone = models.CharField(
        _("telephone of the office"), max_length=20, blank=True, db_default="", default=""
    )
    office_hours = models.CharField(
        _("office hours"), max_length=100, blank=True, db_default="", default=""
    )

    objects = CommitteeQuerySet.as_manager()

    class Meta:
        ordering = ["code"]
        verbose_name = _("committee")
        verbose_name_plural = _("committees")
        constraints = [
            models.CheckConstraint(
                name="committee_path_hangs_below_parent",
                condition=Q(path__regex=r"^([0-9a-z]{4}){1,4}$"),
            ),
            models.CheckConstraint(
                name="committee_closes_after_opening",
                condition=Q(closed_on__isnull=True)
                | Q(opened_on__isnull=True)
                | Q(closed_on__gt=models.F("opened_on")),
            ),
            models.CheckConstraint(
                name="committee_office_hours_with_phone",
                condition=Q(office_hours="") | ~Q(phone=""),
            ),
            models.CheckConstraint(
                name="committee_only_province_without_parent",
                condition=Q(parent__isnull=False) | Q(level=Level.PROVINCE),
            ),
        ]

    def __str__(self) -> str:
        return self.full_name

    @property
    def tier(self) -> int:
        """Depth in the tree, 1 for a province."""
        return tier_of(self.path)

    def name_within(self, own: Committee | None) -> str:
        """How those of ``own`` call it: 横荷街道 in its county, 清城区 / 横荷街道 in the city.

        Names repeat, so what lies between is told; a name alone never identifies.
        """
        if own is None or self.pk == own.pk:
            return self.name
        return self.full_name.removeprefix(f"{own.full_name} / ")

    def contains(self, path: str) -> bool:
        """Whether the committee with that key is this one or lies below it."""
        return path.startswith(self.path)
