"""Rules that a committee has set, each from a day on."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from organizations.rules.queries import RuleValueQuerySet

__all__ = ["RuleValue"]


class RuleValue(CommitteeOwned):
    """What a rule is, for a committee and everything below it, from ``effective_from`` on.

    Rows are only added: together they are the history. Of two for one day the later row holds.
    """

    key = models.CharField(_("rule"), max_length=40)
    value = models.IntegerField(_("value"))
    effective_from = models.DateField(_("from"))
    reason = models.CharField(_("reason"), max_length=200)
    set_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    set_by_label = models.CharField(_("set by"), max_length=60)
    set_at = models.DateTimeField(_("set at"), auto_now_add=True)

    objects = RuleValueQuerySet.as_manager()

    class Meta:
        verbose_name = _("value of a rule")
        verbose_name_plural = _("values of rules")
        indexes = [
            models.Index(fields=["committee", "key", "effective_from"], name="rule_of_committee")
        ]

    def __str__(self) -> str:
        return f"{self.committee_id} · {self.key} · {self.value} · {self.effective_from}"
