"""How long a committee has to record what was served; a province may say otherwise."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = ["RECORDING_DAYS"]

RECORDING_DAYS = define(
    Rule(
        key="clock-recording-days",
        group=_("The statutory time limit"),
        label=_("Working days to record service in"),
        help=_("Counted from the day after the activity's end; it holds by the day of service."),
        unit=Unit.WORKING_DAYS,
        default=10,
        least=1,
        most=60,
        source=_("Civil Affairs order 67, article 11."),
    )
)
