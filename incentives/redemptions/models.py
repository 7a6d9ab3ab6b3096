"""Redemptions: one use of an offer by one volunteer, and the tills that send them."""

from __future__ import annotations

from uuid import uuid4

from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from incentives.merchants.models import Merchant
from incentives.offers.models import Offer
from incentives.redemptions.queries import RedemptionQuerySet, TillQuerySet
from organizations.committees.ownership import CommitteeOwned, TieredByCommittee

__all__ = ["Redemption", "Till"]


class Till(CommitteeOwned):
    """A merchant's own program or till that redeems; of its token only the digest is kept."""

    merchant = models.ForeignKey(Merchant, on_delete=models.PROTECT, related_name="tills")
    name = models.CharField(_("till"), max_length=40)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    issued_by_label = models.CharField(_("issued by"), max_length=60)
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by_label = models.CharField(_("revoked by"), max_length=60, blank=True)

    objects = TillQuerySet.as_manager()

    class Meta:
        verbose_name = _("till")
        verbose_name_plural = _("tills")

    def __str__(self) -> str:
        return f"{self.merchant_id} · {self.name}"


class Redemption(TieredByCommittee):
    """An offer was used; written and reversed by functions of the database alone.

    ``committee`` is the offer's. ``step`` is the half minute whose code was shown: one code of a
    person is used once. ``is_late``: the code was older than it should be, as on a telephone
    without network. A merchant reads all but ``volunteer``.
    """

    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="redemptions")
    merchant = models.ForeignKey(
        Merchant, on_delete=models.PROTECT, related_name="redemptions", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer",
        on_delete=models.PROTECT,
        related_name="+",
        db_index=False,
    )
    offer_title = models.CharField(_("offer"), max_length=80)
    stars = models.PositiveSmallIntegerField(_("stars"))
    step = models.BigIntegerField(editable=False)
    is_late = models.BooleanField(_("shown without network"), default=False)
    # Chosen by who redeems: what is sent twice is one redemption.
    nonce = models.UUIDField(unique=True, default=uuid4, editable=False)
    redeemed_on = models.DateField(_("day"))
    redeemed_at = models.DateTimeField(_("at"), default=timezone.now)
    by_label = models.CharField(_("by"), max_length=60)
    reversed_at = models.DateTimeField(_("reversed at"), null=True)
    reversed_by_label = models.CharField(_("reversed by"), max_length=60, blank=True)
    reverse_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = RedemptionQuerySet.as_manager()

    class Meta:
        verbose_name = _("redemption")
        verbose_name_plural = _("redemptions")
        indexes = [
            models.Index(fields=["volunteer", "offer", "redeemed_on"], name="redemption_person"),
            models.Index(fields=["merchant", "-id"], name="redemption_merchant_newest"),
            models.Index(fields=["tier2", "-id"], name="redemption_tier2_newest"),
            models.Index(fields=["tier3", "-id"], name="redemption_tier3_newest"),
            models.Index(fields=["committee", "-id"], name="redemption_committee_newest"),
        ]
        constraints = [
            models.UniqueConstraint(fields=["volunteer", "step"], name="redemption_code_once"),
            models.CheckConstraint(
                name="redemption_reversed_with_reason",
                condition=Q(reversed_at__isnull=True) | ~Q(reverse_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.offer_title} · {self.redeemed_at:%Y-%m-%d %H:%M}"
