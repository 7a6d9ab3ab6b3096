"""The dashboard: the same page for every level."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.accounts.guards import acts
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


@acts("dashboard.view")
@require_safe
def committee_overview(request: HttpRequest, code: str) -> HttpResponse:
    """Coverage, hours and volunteers of a committee at or below one's own."""
    own = actor_of(request).committee
    committee = get_object_or_404(Committee.objects.below(own.path if own else ""), code=code)
    form = OverviewForm(request.GET)
    form.is_valid()
    asked = form.cleaned_data
    shown = overview(committee, month=asked["month"], on=asked["on"])
    template = "wall" if asked["wall"] else "overview"
    context = _context(committee, own, shown, wall=bool(asked["wall"]))
    return render(request, f"portal/dashboard/{template}.html", context)


def _furthest_behind(shown: Overview) -> list[Row]:
    """The few that a wall has room for: most counties to go, or fewest hours without any."""
    return sorted(shown.rows, key=lambda row: (-row.gap, row.figures.minutes))[:WALL_ROWS]


def _context(
    committee: Committee, own: Committee | None, shown: Overview, *, wall: bool
) -> dict[str, Any]:
    within = own.path if own else ""
    later = months_back(shown.month, -1)
    return {
        "committee": committee,
        "trail": [
            (each.name, dashboard_url(each.code, shown, wall=wall))
            for each in Committee.objects.ancestors_of(committee.path)
            if each.path.startswith(within)
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
