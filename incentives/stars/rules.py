"""The ladder of stars and who approves each rung; a province may say otherwise, from a day on."""

from __future__ import annotations

from django.utils.translation import gettext_lazy as _

from organizations.rules.rules import Rule, Unit, define

__all__ = ["APPROVAL_TIERS", "RUNGS"]

_GROUP = _("Star volunteers")
_SOURCE = _("Measures for registered volunteers of China (2013), star ladder.")
_HOURS = (100, 300, 600, 1000, 1500)
# Stars 1 to 3 by the county, the fourth by the city, the fifth by the province.
_TIERS = (3, 3, 3, 2, 1)
_LABELS = (
    _("Hours for one star"),
    _("Hours for two stars"),
    _("Hours for three stars"),
    _("Hours for four stars"),
    _("Hours for five stars"),
)
_APPROVED = (
    _("Who approves one star"),
    _("Who approves two stars"),
    _("Who approves three stars"),
    _("Who approves four stars"),
    _("Who approves five stars"),
)

RUNGS = tuple(
    define(
        Rule(
            key=f"star-{stars}-hours",
            group=_GROUP,
            label=_LABELS[stars - 1],
            help=_("Confirmed hours served since the registration."),
            unit=Unit.HOURS,
            default=_HOURS[stars - 1],
            least=1,
            most=20_000,
            source=_SOURCE,
        )
    )
    for stars in range(1, 6)
)
APPROVAL_TIERS = tuple(
    define(
        Rule(
            key=f"star-{stars}-tier",
            group=_GROUP,
            label=_APPROVED[stars - 1],
            help=_("1 the province, 2 the city, 3 the county, 4 the township; or one above it."),
            unit=Unit.LEVEL,
            default=_TIERS[stars - 1],
            least=1,
            most=4,
        )
    )
    for stars in range(1, 6)
)
