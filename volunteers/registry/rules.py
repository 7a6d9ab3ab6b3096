"""What a province expects of a volunteer in a year; shown, never enforced."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = ["ANNUAL_MINIMUM"]

ANNUAL_MINIMUM = define(
    Rule(
        key="registry-annual-minimum",
        group=_("Volunteers"),
        label=_("Hours expected of a volunteer in a year"),
        help=_("Shown beside the hours of the year. Nothing is refused below it."),
        unit=Unit.HOURS,
        default=20,
        least=0,
        most=200,
        source=_("Measures for registered volunteers (2013): 20 hours a year."),
    )
)
