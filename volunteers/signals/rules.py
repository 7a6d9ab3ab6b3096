"""From where on something is a signal; each province may say otherwise."""

from __future__ import annotations

from typing import Any

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = [
    "EARLY_HOUR",
    "HOURS_OF_A_DAY",
    "JUMP_LEAST_HOURS",
    "JUMP_TIMES",
    "LATE_DAYS",
    "LONG_HOURS",
    "MINOR_AGE",
    "NIGHT_BEGINS",
    "NIGHT_ENDS",
    "ROUND_RECORDS",
    "SAME_MINUTE_RECORDS",
    "SEEN_DAYS",
]

_GROUP = _("Signals: what deserves a second look before it is confirmed")


def _signal(**fields: Any) -> Rule:
    return define(Rule(group=_GROUP, **fields))


HOURS_OF_A_DAY = _signal(
    key="signal-hours-of-a-day",
    label=_("Hours of one person on one day"),
    help=_("More than that, over all records of the day, is a signal."),
    unit=Unit.HOURS,
    default=8,
    least=1,
    most=24,
)
LONG_HOURS = _signal(
    key="signal-long-hours",
    label=_("Hours of one record"),
    help=_("A longer one is a signal."),
    unit=Unit.HOURS,
    default=10,
    least=1,
    most=24,
)
EARLY_HOUR = _signal(
    key="signal-early-hour",
    label=_("Earliest beginning"),
    help=_("Service that begins before that hour is a signal."),
    unit=Unit.CLOCK,
    default=6,
    least=0,
    most=12,
)
SAME_MINUTE_RECORDS = _signal(
    key="signal-same-minute",
    label=_("Records entered by one person within one minute"),
    help=_("More than that of one sheet is a signal; workbooks are not counted."),
    unit=Unit.RECORDS,
    default=100,
    least=5,
    most=10_000,
)
SEEN_DAYS = _signal(
    key="signal-seen-days",
    label=_("How far back somebody has served here"),
    help=_(
        "A person registered elsewhere without a confirmed record of the committee in that time"
        " counts as never seen there."
    ),
    unit=Unit.DAYS,
    default=365,
    least=30,
    most=3650,
)
MINOR_AGE = _signal(
    key="signal-minor-age",
    label=_("Age from which service at night is no signal"),
    help=_("Service at night of somebody younger is one."),
    unit=Unit.YEARS,
    default=16,
    least=14,
    most=18,
)
NIGHT_BEGINS = _signal(
    key="signal-night-begins",
    label=_("Night begins"),
    help=_("For the signal on minors."),
    unit=Unit.CLOCK,
    default=22,
    least=18,
    most=24,
)
NIGHT_ENDS = _signal(
    key="signal-night-ends",
    label=_("Night ends"),
    help=_("For the signal on minors."),
    unit=Unit.CLOCK,
    default=6,
    least=0,
    most=8,
)
LATE_DAYS = _signal(
    key="signal-late-days",
    label=_("Days from the service to its entry"),
    help=_("A record entered later is a signal."),
    unit=Unit.DAYS,
    default=30,
    least=1,
    most=730,
)
JUMP_TIMES = _signal(
    key="signal-jump-times",
    label=_("Jump over one's own year"),
    help=_(
        "So many times the person's average month of the year before is a signal; months without"
        " service are left out of the average."
    ),
    unit=Unit.TIMES,
    default=3,
    least=2,
    most=50,
)
JUMP_LEAST_HOURS = _signal(
    key="signal-jump-hours",
    label=_("Hours of a month below which no jump is looked for"),
    help=_("Small figures jump easily."),
    unit=Unit.HOURS,
    default=20,
    least=1,
    most=744,
)
ROUND_RECORDS = _signal(
    key="signal-round-records",
    label=_("Records of whole hours throughout"),
    help=_("So many of one person in a year, every one of whole hours, are a signal."),
    unit=Unit.RECORDS,
    default=20,
    least=5,
    most=1000,
)
