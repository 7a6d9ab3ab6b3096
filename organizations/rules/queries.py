"""Which rules hold for a committee on a day."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Self

from django.db import models

from core.tenancy.keys import ancestor_keys
from organizations.rules.rules import Rule

if TYPE_CHECKING:
    from organizations.rules.models import RuleValue

__all__ = ["RuleValueQuerySet", "Rules", "rules_of_values"]


@dataclass(frozen=True, slots=True)
class Rules:
    """The rules of one committee on one day: what is set, else each rule's default."""

    values: Mapping[str, int] = field(default_factory=dict)

    def __getitem__(self, rule: Rule) -> int:
        return self.values.get(rule.key, rule.default)


class RuleValueQuerySet(models.QuerySet["RuleValue"]):
    """Filters that compose."""

    def reaching(self, path: str) -> Self:
        """Set by that committee or one above it."""
        return self.filter(committee_id__in=ancestor_keys(path))


def rules_of_values(values: Iterable[RuleValue]) -> Rules:
    """What of these values holds: the nearest committee's, of these the one that begins last."""
    ranked = sorted(values, key=lambda row: (len(row.committee_id), row.effective_from, row.pk))
    return Rules({row.key: row.value for row in ranked})
