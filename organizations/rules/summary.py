"""The rules of a committee, as everybody asks for them."""

from __future__ import annotations

from datetime import date

from django.utils import timezone

from organizations.rules.models import RuleValue
from organizations.rules.queries import Rules, rules_of_values

__all__ = ["rules_for"]


def rules_for(path: str, *, on: date | None = None) -> Rules:
    """What holds for the committee with that key on a day, today by default. One query.

    The nearest committee above that has set a rule decides it. A page asks once and hands the
    answer on.
    """
    day = timezone.localdate() if on is None else on
    values = RuleValue.objects.reaching(path).in_force(day)
    return rules_of_values(values.only("committee_id", "key", "value", "effective_from"))
