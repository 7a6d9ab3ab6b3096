"""The first page after signing in."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.views.decorators.http import require_safe

from organizations.accounts.access import ActorRole
from organizations.accounts.guards import acts, public
from organizations.accounts.scopes import actor_of
from portal.dashboard.addresses import dashboard_url
from portal.dashboard.figures import tiles
from portal.dashboard.queries import overview
from portal.home.queries import tasks_of

__all__ = ["home", "start"]


@public("It only leads on: to the login, to one's own pages, or says that an account has none.")
@require_safe
def start(request: HttpRequest) -> HttpResponse:
    """Leads everybody to the page that is theirs."""
    actor = actor_of(request)
    if actor.user is None:
        return redirect("account_login")
    if actor.role == ActorRole.VOLUNTEER:
        return redirect("own:home")
    if actor.role == ActorRole.LEADER:
        return redirect("leading:home")
    if actor.role == ActorRole.CASHIER:
        return redirect("counter:home")
    if actor.committee is None:
        return render(request, "portal/home/nothing.html")
    return redirect("home:home")


@acts("committees.view")
@require_safe
def home(request: HttpRequest) -> HttpResponse:
    """What waits at left, the month at right."""
    actor = actor_of(request)
    committee = actor.committee
    if committee is None:
        return redirect("home:start")
    today = timezone.localdate()
    shown = overview(committee, month=today.replace(day=1), on=today)
    busiest = sorted(shown.rows, key=lambda row: -row.figures.minutes)[:5]
    context = {
        "tasks": tasks_of(actor),
        "committee": committee,
        "overview": shown,
        "tiles": tiles(shown),
        "rows": busiest,
        "dashboard_url": dashboard_url(committee.code, shown),
        "may_import": actor.may("hours.import"),
    }
    return render(request, "portal/home/home.html", context)
