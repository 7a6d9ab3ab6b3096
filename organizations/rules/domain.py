"""Setting a rule: the province's secretary, from a coming day on, with a reason."""

from __future__ import annotations

from datetime import date

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.tenancy.keys import tier_of
from core.web.refusals import Refusal
from core.web.texts import text_given
from organizations.accounts.actors import Actor
from organizations.rules.models import RuleValue
from organizations.rules.rules import Rule
from organizations.rules.summary import forget_rules, rules_for

__all__ = ["may_set_rules", "set_rule"]


def may_set_rules(actor: Actor) -> bool:
    """Whether the actor is a secretary of a province: below, rules are read."""
    return actor.may("rules.manage") and tier_of(actor.scope.committee) == 1


@transaction.atomic
def set_rule(
    rule: Rule, *, actor: Actor, value: int, effective_from: date, reason: str
) -> RuleValue:
    """Sets the rule for the province and all below it.

    It begins tomorrow at the earliest: what was judged until today stays judged. Raises
    `PermissionDenied` below the province, `Refusal` outside of the bounds, for a day that has
    begun, without a reason, and where that day has the same value already.
    """
    actor.must("rules.manage")
    if not may_set_rules(actor):
        raise PermissionDenied(_("Rules are set by the secretary of the province."))
    if not rule.least <= value <= rule.most:
        message = _("Choose a number from {least} to {most}.")
        raise Refusal(
            message.format(least=rule.least, most=rule.most), code="out_of_bounds", field="value"
        )
    if effective_from <= timezone.localdate():
        message = _("A rule begins tomorrow at the earliest: what has been judged stands.")
        raise Refusal(message, code="begins_too_early", field="effective_from")
    if rules_for(actor.scope.committee, on=effective_from)[rule] == value:
        message = _("On that day the rule says {value} already.")
        raise Refusal(message.format(value=value), code="no_change", field="value")
    most = RuleValue._meta.get_field("reason").max_length
    reason = text_given(
        reason, field="reason", most=most, missing=_("Say why: the reason is kept.")
    )
    forget_rules(actor.scope.committee)
    return RuleValue.objects.create(
        committee_id=actor.scope.committee,
        key=rule.key,
        value=value,
        effective_from=effective_from,
        reason=reason,
        set_by=actor.user,
        set_by_label=actor.label,
    )
