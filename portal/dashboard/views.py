"""The dashboard: the same page for every level."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.accounts.guards import acts, goes_on_idle
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee
from portal.dashboard.addresses import dashboard_url
from portal.dashboard.charts import area_chart, months_chart, township_chart
from portal.dashboard.figures import tiles
from portal.dashboard.forms import OverviewForm
from portal.dashboard.queries import Overview, Row, months_back, overview

__all__ = ["committee_overview", "own_overview"]

WALL_ROWS = 6


@acts("dashboard.view")
@require_safe
def own_overview(request: HttpRequest) -> HttpResponse:
    """Leads to the dashboard of the committee one acts for."""
    committee = actor_of(request).committee
    address = dashboard_url(committee.code if committee else "", timezone.localdate())
    return redirect(address)


def _is_wall(request: HttpRequest) -> bool:
    form = OverviewForm(request.GET)
    form.is_valid()
    return bool(form.cleaned_data["wall"])


@goes_on_idle(_is_wall)
@acts("dashboard.view")
@require_safe
def committee_overview(request: HttpRequest, code: str) -> HttpResponse:
    """Coverage, hours and volunteers of a committee at or below one's own."""
    own = actor_of(request).committee
    committee = _committee(own, code)
    form = OverviewForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    shown = overview(committee, month=asked["month"], on=asked["on"])
    template = "wall" if asked["wall"] else "overview"
    context = _context(committee, own, shown, wall=bool(asked["wall"]))
    return render(request, f"portal/dashboard/{template}.html", context)


def _committee(own: Committee | None, code: str) -> Committee:
    """The committee with that code, at or below the own one; 404 for any other."""
    if own is not None and code == own.code:
        return own
    return get_object_or_404(Committee.objects.below(own.path if own else ""), code=code)


def _way_down(own: Committee | None, committee: Committee) -> list[Committee]:
    """From the own committee to the one shown, both included."""
    if own is None or committee.path == own.path:
        return [committee]
    above = Committee.objects.ancestors_of(committee.path)
    return [each for each in above if each.path.startswith(own.path)]


def _furthest_behind(shown: Overview) -> list[Row]:
    """The few that a wall has room for: most counties to go, or fewest hours without any."""
    return sorted(shown.rows, key=lambda row: (-row.gap, row.figures.minutes))[:WALL_ROWS]


def _context(
    committee: Committee, own: Committee | None, shown: Overview, *, wall: bool
) -> dict[str, Any]:
    later = months_back(shown.month, -1)
    return {
        "committee": committee,
        "trail": [
            (each.name, dashboard_url(each.code, shown, wall=wall))
            for each in _way_down(own, committee)
        ],
        "overview": shown,
        "tiles": tiles(shown),
        "charts": [
            *([area_chart(shown, wall=wall)] if shown.rows else []),
            months_chart(shown),
            *(
                [township_chart(shown, wall=wall)]
                if shown.rows and not shown.coverage.counties
                else []
            ),
        ],
        "ranked": sorted(
            shown.rows,
            key=lambda row: (-(row.coverage.standardised_rate or 0), -row.figures.minutes),
        ),
        "behind": _furthest_behind(shown),
        "earlier_url": dashboard_url(committee.code, months_back(shown.month, 1), wall=wall),
        "later_url": ""
        if later > timezone.localdate()
        else dashboard_url(committee.code, later, wall=wall),
        "wall_url": dashboard_url(committee.code, shown, wall=True),
        "desk_url": dashboard_url(committee.code, shown),
    }
