"""Cashiers: an account that redeems benefits for one merchant, and nothing else."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from organizations.cashiers.queries import CashierQuerySet
from organizations.committees.ownership import CommitteeOwned

__all__ = ["Cashier"]


class Cashier(CommitteeOwned):
    """Somebody invited to a merchant's counter by link, and from ``joined_at`` with an account.

    It lies beside the accounts because a cashier's scope is proven by it, in the statement that
    opens the scope. ``merchant_id`` names a merchant, whose table lies above; its name is of then.
    """

    merchant_id = models.BigIntegerField()
    merchant_name = models.CharField(_("merchant"), max_length=80)
    name = models.CharField(_("name"), max_length=50)
    user = models.OneToOneField(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+"
    )
    # Only the digest of the link is kept.
    token_digest = models.BinaryField(max_length=32, unique=True, editable=False)
    invited_by_label = models.CharField(_("invited by"), max_length=60)
    invited_at = models.DateTimeField(_("invited at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("link valid until"))
    joined_at = models.DateTimeField(_("joined at"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = CashierQuerySet.as_manager()

    class Meta:
        verbose_name = _("cashier")
        verbose_name_plural = _("cashiers")
        indexes = [models.Index(fields=["merchant_id"], name="cashier_merchant")]
        constraints = [
            models.CheckConstraint(
                name="cashier_joins_with_an_account",
                condition=Q(user__isnull=True, joined_at__isnull=True)
                | Q(user__isnull=False, joined_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.merchant_name} · {self.name}"
