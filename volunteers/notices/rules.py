"""Figures of messages that a province may set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = ["MESSAGES_A_DAY"]

MESSAGES_A_DAY = define(
    Rule(
        key="notices-messages-a-day",
        group=_("Activities"),
        label=_("Messages of an activity within a day"),
        help=_("So many times an organiser may write to those signed up to one activity."),
        unit=Unit.MESSAGES,
        default=3,
        least=1,
        most=20,
    )
)
