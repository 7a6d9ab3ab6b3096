"""The tiles at the top of a dashboard."""

from __future__ import annotations

from dataclasses import dataclass, field

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from core.web.figures import count_text, hours_text, percent_text
from organizations.committees.models import Level
from organizations.ledger.queries.coverage import Coverage
from portal.dashboard.queries import Overview

__all__ = ["Tile", "tiles"]


@dataclass(frozen=True, slots=True)
class Tile:
    """One figure, as templates/components/figure.html shows it."""

    label: str
    value: str
    unit: str = ""
    numerator: int | None = None
    denominator: int | None = None
    gap: str = ""
    trend: dict[str, str] = field(default_factory=dict)


def tiles(overview: Overview) -> list[Tile]:
    """Coverage with numerator and denominator where there are counties, then hours and people."""
    covered = overview.coverage
    month = Tile(
        label=_("Hours in {month}").format(month=f"{overview.month:%Y-%m}"),
        value=hours_text(overview.figures.minutes),
        unit=_("hours"),
        trend=_trend(overview, overview.figures.minutes, overview.figures_before.minutes),
    )
    people = Tile(
        label=_("Registered volunteers"),
        value=count_text(overview.volunteers),
        unit=_("people"),
        trend=_new_people(overview.new_volunteers),
    )
    served = Tile(
        label=_("Volunteers who served"),
        value=count_text(overview.figures.volunteers),
        unit=_("people"),
        trend=_trend(overview, overview.figures.volunteers, overview.figures_before.volunteers),
    )
    on_time = _on_time(overview)
    if not covered.counties:
        return [month, served, people, on_time]
    if covered.level == Level.COUNTY:
        organization = Tile(label=_("Volunteer organisation"), value=_standing(covered))
        return [organization, month, served, people, on_time]
    return [
        _rate(
            _("Counties with an organisation"),
            covered.established,
            covered.counties,
        ),
        _rate(
            _("Counties standardised"),
            covered.standardised,
            covered.counties,
        ),
        month,
        people,
        on_time,
    ]


def _on_time(overview: Overview) -> Tile:
    """Records entered within the statutory time limit, of those of the month that are confirmed."""
    figures = overview.figures
    late = figures.records - figures.on_time
    return Tile(
        label=_("Entered within the time limit"),
        value=percent_text(figures.on_time_rate),
        unit="%" if figures.records else "",
        numerator=figures.on_time if figures.records else None,
        denominator=figures.records or None,
        gap=f"{late:,}" if late else "",
    )


def _standing(covered: Coverage) -> str:
    if covered.standardised:
        return _("standardised")
    return _("not yet standardised") if covered.established else _("none yet")


def _rate(label: str, part: int, whole: int) -> Tile:
    # From the counts: a rate already rounded to four decimals would be rounded twice.
    gap = str(whole - part) if part < whole else ""
    return Tile(label, percent_text(part / whole), "%", numerator=part, denominator=whole, gap=gap)


def _trend(overview: Overview, now: int, before: int) -> dict[str, str]:
    """The change against the month before; nothing while the month runs or without a peer."""
    if not before or overview.is_running:
        return {}
    change = round((now - before) * 100 / before)
    direction = "up" if change > 0 else "down" if change < 0 else "same"
    return {
        "direction": direction,
        "text": _("{change} % against the month before").format(change=abs(change)),
    }


def _new_people(count: int) -> dict[str, str]:
    if not count:
        return {}
    text = ngettext("{count} new this month", "{count} new this month", count)
    return {"direction": "up", "text": text.format(count=f"{count:,}")}
