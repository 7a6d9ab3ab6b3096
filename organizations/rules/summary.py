"""The rules of a committee, as everybody asks for them."""

from __future__ import annotations

from collections.abc import Hashable
from datetime import date

from django.utils import timezone

from core.tenancy.scope import forget_read, read_once
from organizations.rules.models import RuleValue
from organizations.rules.queries import Rules, rules_of_values

__all__ = ["forget_rules", "rules_for"]


def rules_for(path: str, *, on: date | None = None) -> Rules:
    """What holds for the committee with that key on a day, today by default.

    The nearest committee above that has set a rule decides it. One query for each committee while
    a scope is open, whatever the days.
    """
    day = timezone.localdate() if on is None else on
    values = read_once(_key(path), lambda: _values(path))
    return rules_of_values(row for row in values if row.effective_from <= day)


def forget_rules(path: str) -> None:
    """What this scope has read of the committee's rules holds no more: one was set."""
    forget_read(_key(path))


def _key(path: str) -> Hashable:
    return RuleValue, path


def _values(path: str) -> list[RuleValue]:
    values = RuleValue.objects.reaching(path)
    return list(values.only("committee_id", "key", "value", "effective_from"))
