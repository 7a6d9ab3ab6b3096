"""The ledger: volunteer organisations affiliated to committees."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from organizations.ledger.queries import OrganizationQuerySet

__all__ = ["Organization", "OrganizationKind"]


class OrganizationKind(models.TextChoices):
    """What kind of body it is."""

    FEDERATION = "federation", _("volunteers' federation")
    ASSOCIATION = "association", _("young volunteers' association")
    TEAM = "team", _("service team")


@pghistory.track()
class Organization(CommitteeOwned):
    """A volunteer organisation affiliated to one committee.

    It exists from ``founded_on`` (None: since before anyone asks) until the day before
    ``closed_on``, and counts as standardised from ``standardised_on`` until the day before
    ``standardised_until``, so that any past day's figure can be computed again. Where it lost the
    standard and won it again, the stretches before stand in ``earlier_standards``.
    """

    name = models.CharField(_("name"), max_length=120)
    kind = models.CharField(_("kind"), max_length=12, choices=OrganizationKind)
    founded_on = models.DateField(_("founded on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)
    registered_with_civil_affairs = models.BooleanField(
        _("registered with civil affairs"), null=True, blank=True
    )
    standardised_on = models.DateField(_("standardised on"), null=True, blank=True)
    standardised_until = models.DateField(_("standardised until"), null=True, blank=True)
    earlier_standards = ArrayField(DateRangeField(), default=list, editable=False)
    responsible_person = models.CharField(_("responsible person"), max_length=50, blank=True)
    reported_volunteers = models.PositiveIntegerField(
        _("volunteers reported in the ledger"), null=True, blank=True
    )
    notes = models.TextField(_("notes"), blank=True)

    objects = OrganizationQuerySet.as_manager()

    class Meta:
        verbose_name = _("organisation")
        verbose_name_plural = _("organisations")
        ordering = ["committee", "name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="organization_name_once"),
            models.CheckConstraint(
                name="organization_closes_after_founding",
                condition=Q(closed_on__isnull=True)
                | Q(founded_on__isnull=True)
                | Q(closed_on__gt=F("founded_on")),
            ),
            models.CheckConstraint(
                name="organization_standard_ends_after_start",
                condition=Q(standardised_until__isnull=True)
                | Q(standardised_until__gt=F("standardised_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
