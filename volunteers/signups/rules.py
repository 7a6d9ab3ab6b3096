"""Figures of sign-ups that a province may set."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = ["ANSWER_HOURS", "YOUNGEST_WITH_GUARDIAN"]

ANSWER_HOURS = define(
    Rule(
        key="signups-answer-hours",
        group=_("Activities"),
        label=_("Time to answer when a place becomes free"),
        help=_("Whoever does not answer by then leaves the list, and the next one is asked."),
        unit=Unit.HOURS,
        default=12,
        least=1,
        most=72,
    )
)
YOUNGEST_WITH_GUARDIAN = define(
    Rule(
        key="signups-youngest",
        group=_("Activities"),
        label=_("Youngest age with a guardian's consent"),
        help=_("Who is younger serves only together with a parent, entered by the organiser."),
        unit=Unit.YEARS,
        default=14,
        least=6,
        most=18,
        source=_("Measures for registered volunteers (2013)"),
    )
)
