"""What a rule is: a figure that a province may set, with its bounds and the words for it."""

from __future__ import annotations

from dataclasses import dataclass

from django.db import models
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

__all__ = ["Rule", "Unit", "define", "known_rules"]


class Unit(models.TextChoices):
    """What a rule's figure counts."""

    HOURS = "hours", _("hours")
    DAYS = "days", _("days")
    WORKING_DAYS = "working_days", _("working days")
    YEARS = "years", _("years of age")
    RECORDS = "records", _("records")
    MESSAGES = "messages", _("messages")
    TIMES = "times", _("times as much")
    CLOCK = "clock", _("o'clock")
    LEVEL = "level", pgettext_lazy("rule", "level")


@dataclass(frozen=True, slots=True, kw_only=True)
class Rule:
    """A named figure: a whole number from ``least`` to ``most``, ``default`` until one is set.

    ``source`` names the text of law that the default comes from, where there is one.
    """

    key: str
    group: str | Promise
    label: str | Promise
    help: str | Promise
    unit: Unit
    default: int
    least: int
    most: int
    source: str | Promise = ""


_KNOWN: dict[str, Rule] = {}


def define(rule: Rule) -> Rule:
    """Makes the rule known to the page of rules. Raises `ValueError` for a key that is taken."""
    if _KNOWN.setdefault(rule.key, rule) != rule:
        message = f"Two rules are called {rule.key!r}."
        raise ValueError(message)
    return rule


def known_rules() -> list[Rule]:
    """All rules, in the order in which the topics define them."""
    return list(_KNOWN.values())
