"""Merchants of a committee's alliance, and their branches."""

from __future__ import annotations

from datetime import date

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.geo.columns import Pointed, point_constraint
from incentives.merchants.queries import BranchQuerySet, MerchantQuerySet
from organizations.committees.ownership import CommitteeOwned

__all__ = ["Branch", "Category", "Merchant"]


class Category(models.TextChoices):
    """What a merchant sells."""

    MEALS = "meals", pgettext_lazy("merchant", "meals")
    FILMS = "films", pgettext_lazy("merchant", "films")
    SHOPPING = "shopping", pgettext_lazy("merchant", "shopping")
    CULTURE = "culture", pgettext_lazy("merchant", "culture and books")
    SPORT = "sport", pgettext_lazy("merchant", "sport")
    HEALTH = "health", pgettext_lazy("merchant", "health")
    TRAVEL = "travel", pgettext_lazy("merchant", "travel and tickets")
    OTHER = "other", pgettext_lazy("merchant", "other")


@pghistory.track()
class Merchant(CommitteeOwned):
    """A member of the alliance of ``committee``; its offers reach that committee's volunteers.

    ``licence`` is the unified social credit code (GB 32100-2015). It grants benefits from
    ``agreed_from`` to ``agreed_until`` (both included) and while it is not suspended.
    """

    name = models.CharField(_("name"), max_length=80)
    category = models.CharField(_("category"), max_length=8, choices=Category)
    licence = models.CharField(_("unified social credit code"), max_length=18)
    contact_person = models.CharField(_("contact person"), max_length=50)
    contact_phone = models.CharField(_("telephone"), max_length=20)
    agreement = models.CharField(_("number of the agreement"), max_length=40, blank=True)
    agreed_from = models.DateField(_("agreement from"))
    agreed_until = models.DateField(_("agreement until"))
    suspended_at = models.DateTimeField(_("suspended at"), null=True)
    suspend_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = MerchantQuerySet.as_manager()

    class Meta:
        verbose_name = _("merchant")
        verbose_name_plural = _("merchants")
        constraints = [
            models.UniqueConstraint(fields=["committee", "licence"], name="merchant_once"),
            models.CheckConstraint(
                name="merchant_agreement_ends_after_start",
                condition=Q(agreed_until__gte=F("agreed_from")),
            ),
            models.CheckConstraint(
                name="merchant_suspended_with_reason",
                condition=Q(suspended_at__isnull=True) | ~Q(suspend_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def state_on(self, day: date) -> str:
        """``suspended``, ``coming``, ``ended`` or ``valid``."""
        if self.suspended_at is not None:
            return "suspended"
        if day < self.agreed_from:
            return "coming"
        return "ended" if day > self.agreed_until else "valid"

    @property
    def state(self) -> str:
        """As `state_on`, today."""
        return self.state_on(timezone.localdate())

    @property
    def days_left(self) -> int:
        """Days until the agreement's last one; negative afterwards."""
        return (self.agreed_until - timezone.localdate()).days


class Branch(CommitteeOwned, Pointed):
    """Where a merchant is to be found."""

    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="branches")
    name = models.CharField(_("name"), max_length=80)
    address = models.CharField(_("address"), max_length=200)
    phone = models.CharField(_("telephone"), max_length=20, blank=True)
    closed_at = models.DateTimeField(_("closed at"), null=True)

    objects = BranchQuerySet.as_manager()

    class Meta:
        verbose_name = _("branch")
        verbose_name_plural = _("branches")
        constraints = [
            point_constraint("branch_point"),
            models.UniqueConstraint(
                fields=["merchant", "name"],
                condition=Q(closed_at__isnull=True),
                name="branch_name_once",
            ),
        ]

    def __str__(self) -> str:
        return self.name
