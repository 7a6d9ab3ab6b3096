"""Offers: what a merchant grants, to whom, how often and how many times in all."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.figures import hours_text
from incentives.merchants.models import Merchant
from incentives.offers.queries import OfferQuerySet
from organizations.committees.ownership import CommitteeOwned

__all__ = ["MOST_STARS", "Offer", "OfferKind", "OfferState", "OfferStock"]

MOST_STARS = 5


class OfferKind(models.TextChoices):
    """What is granted."""

    DISCOUNT = "discount", pgettext_lazy("offer", "discount")
    FIXED_SUM = "fixed_sum", pgettext_lazy("offer", "fixed sum off")
    GIFT = "gift", pgettext_lazy("offer", "gift")
    FREE_ENTRY = "free_entry", pgettext_lazy("offer", "free entry")


class OfferState(models.TextChoices):
    """Written by the desk, reviewed by the heads."""

    DRAFT = "draft", pgettext_lazy("offer", "draft")
    SUBMITTED = "submitted", pgettext_lazy("offer", "awaiting review")
    PUBLISHED = "published", pgettext_lazy("offer", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("offer", "withdrawn")


@pghistory.track()
class Offer(CommitteeOwned):
    """For volunteers of the merchant's committee and all below it.

    A figure of None is no limit. ``weekdays`` are 1 (Monday) to 7; empty means every day.
    ``min_minutes`` are confirmed minutes of the calendar year. What is published is never
    rewritten: it is withdrawn and another one published.
    """

    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="offers")
    title = models.CharField(_("title"), max_length=80)
    kind = models.CharField(_("kind"), max_length=10, choices=OfferKind)
    terms = models.CharField(_("conditions"), max_length=500, blank=True)
    min_stars = models.PositiveSmallIntegerField(_("stars"), default=0)
    min_minutes = models.PositiveIntegerField(_("minutes this year"), default=0)
    starts_on = models.DateField(_("from"))
    ends_on = models.DateField(_("until"))
    weekdays = ArrayField(models.PositiveSmallIntegerField(), default=list, blank=True)
    per_day = models.PositiveSmallIntegerField(_("a person a day"), null=True)
    per_month = models.PositiveSmallIntegerField(_("a person a month"), null=True)
    per_person = models.PositiveSmallIntegerField(_("a person in all"), null=True)
    stock = models.PositiveIntegerField(_("in all"), null=True)
    state = models.CharField(max_length=9, choices=OfferState, default=OfferState.DRAFT)
    created_by_label = models.CharField(_("written by"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    reviewed_by_label = models.CharField(_("reviewed by"), max_length=60, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = OfferQuerySet.as_manager()

    class Meta:
        verbose_name = _("offer")
        verbose_name_plural = _("offers")
        constraints = [
            models.CheckConstraint(
                name="offer_ends_after_start", condition=Q(ends_on__gte=F("starts_on"))
            ),
            models.CheckConstraint(
                name="offer_stars_of_the_ladder", condition=Q(min_stars__lte=MOST_STARS)
            ),
            models.CheckConstraint(
                name="offer_weekdays_are_days",
                condition=Q(weekdays__contained_by=[1, 2, 3, 4, 5, 6, 7]),
            ),
            models.CheckConstraint(
                name="offer_limits_are_some",
                condition=~Q(per_day=0) & ~Q(per_month=0) & ~Q(per_person=0) & ~Q(stock=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def min_hours(self) -> str:
        """Hours of the year that are asked for, with one decimal."""
        return hours_text(self.min_minutes)


class OfferStock(CommitteeOwned):
    """How often an offer with a stock has been redeemed and not reversed; one row of each.

    Apart from the offer, so that counting writes no history. Only the functions that redeem and
    reverse write it.
    """

    offer = models.OneToOneField(
        Offer, on_delete=models.PROTECT, primary_key=True, related_name="counted"
    )
    taken = models.PositiveIntegerField(_("redeemed"), default=0)

    class Meta:
        verbose_name = _("count of an offer")
        verbose_name_plural = _("counts of offers")

    def __str__(self) -> str:
        return f"{self.offer_id} · {self.taken}"
