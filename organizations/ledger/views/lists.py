"""The ledger as a list, narrowed by place, kind and standard; and one organisation."""

from __future__ import annotations

from datetime import date
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.web.figures import COUNT_CAP, count_text, percent_text
from core.web.keyset import AFTER, PAGE_ROWS, is_next_page, list_count
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee, Kind, Level
from organizations.committees.queries import CommitteeQuerySet
from organizations.ledger.forms import LedgerFilters
from organizations.ledger.models import Organization, OrganizationKind
from organizations.ledger.queries import Coverage, OrganizationQuerySet, coverage

__all__ = ["list_organizations", "organization_in_reach", "show_organization"]

Asked = dict[str, Any]
_MOST_COUNTIES = 3000


@acts("organizations.view")
@require_safe
def list_organizations(request: HttpRequest) -> HttpResponse:
    """Organisations at or below one's own committee, or the counties that have none."""
    actor = actor_of(request)
    form = LedgerFilters(request.GET, actor=actor)
    asked: Asked = form.cleaned_data if form.is_valid() else {}
    path = asked["committee"].path if asked.get("committee") else actor.scope.committee
    today = timezone.localdate()
    context = _counties(path, today) if asked.get("show") == "without" else _rows(request, asked)
    context["empty"] = _empty(may_edit=actor.may("organizations.edit"))
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    figures = coverage(path=path, on=today)
    context |= {
        "figures": figures,
        "tiles": _tiles(figures),
        "filters": _filters(asked, coverage(path=actor.scope.committee, on=today)),
        "may_edit": actor.may("organizations.edit"),
        "may_view_members": actor.may("members.view"),
    }
    return render(request, "organizations/ledger/list.html", context)


@acts("organizations.view")
@require_safe
def show_organization(request: HttpRequest, organization_id: int) -> HttpResponse:
    """One organisation with its facts."""
    actor = actor_of(request)
    organization = organization_in_reach(request, organization_id)
    is_standardised = (
        organization.standardised_on is not None and organization.standardised_until is None
    )
    context = {
        "organization": organization,
        "is_standardised": is_standardised,
        "may_edit": actor.may("organizations.edit"),
        "may_view_members": actor.may("members.view"),
    }
    return render(request, "organizations/ledger/detail.html", context)


def organization_in_reach(request: HttpRequest, organization_id: int) -> Organization:
    """The organisation at or below the own committee, else 404."""
    within = Organization.objects.below(actor_of(request).scope.committee)
    return get_object_or_404(within.select_related("committee"), pk=organization_id)


def _rows(request: HttpRequest, asked: Asked) -> dict[str, Any]:
    found = _organizations(asked, actor_of(request).scope.committee)
    after = request.GET.get(AFTER, "")
    rows = list(found.in_tree_order(after=after).select_related("committee")[: PAGE_ROWS + 1])
    return {
        "rows": rows[:PAGE_ROWS],
        "next_url": _next_url(request, rows[PAGE_ROWS - 1]) if len(rows) > PAGE_ROWS else "",
        "count": count_text(list_count(found), cap=COUNT_CAP),
        "rows_template": "organizations/ledger/_rows.html",
        "columns": [
            {"label": _("Organisation's name")},
            {"label": _("Committee")},
            {"label": _("Kind")},
            {"label": _("Founded on")},
            {"label": _("Standard")},
            {"label": _("Volunteers reported"), "numeric": True},
        ],
    }


def _next_url(request: HttpRequest, last: Organization) -> str:
    parameters = request.GET.copy()
    # Rows that come later in the tree than "KEY.ID".
    parameters[AFTER] = f"{last.committee_id}.{last.pk}"
    return f"{request.path}?{parameters.urlencode()}"


def _organizations(asked: Asked, own: str) -> OrganizationQuerySet:
    today = timezone.localdate()
    committee = asked.get("committee")
    found = Organization.objects.below(committee.path if committee else own)
    if asked.get("kind"):
        found = found.filter(kind=asked["kind"])
    match asked.get("show"):
        case "standardised":
            return found.standardised_on_day(today)
        case "open":
            return found.not_standardised_on_day(today)
        case "closed":
            return found.closed_by(today)
        case _:
            return found.active_on(today)


def _counties(path: str, today: date) -> dict[str, Any]:
    """Counties without an organisation: few enough for one page."""
    counties: CommitteeQuerySet = Committee.objects.below(path).existing_on(today)
    covered = Organization.objects.below(path).active_on(today).values("committee_id")
    found = counties.filter(level=Level.COUNTY, kind=Kind.REGIONAL).exclude(path__in=covered)
    rows = list(found.order_by("path")[:_MOST_COUNTIES])
    return {
        "rows": rows,
        "count": count_text(len(rows)),
        "rows_template": "organizations/ledger/_county_rows.html",
        "columns": [{"label": _("County")}, {"label": _("Code")}, {"label": _("State")}],
    }


def _tiles(figures: Coverage) -> list[dict[str, Any]]:
    """The two rates with their numerators; none where there are no counties to cover."""
    if not figures.counties:
        return []
    pairs = (
        (_("Share with an organisation"), figures.established),
        (_("Share standardised"), figures.standardised),
    )
    return [
        {
            "label": label,
            # Not of the rate, which is rounded already: 84/122 are 68.9 %.
            "value": percent_text(part / figures.counties),
            "unit": "%",
            "numerator": part,
            "denominator": figures.counties,
            "gap": figures.counties - part or "",
        }
        for label, part in pairs
    ]


def _filters(asked: Asked, own: Coverage) -> list[dict[str, Any]]:
    committee: Committee | None = asked.get("committee")
    kind, show = asked.get("kind") or "", asked.get("show") or ""
    code = committee.code if committee else ""
    places = [("", own.name, own.counties or None)]
    places += [(each.code, each.name, each.counties or None) for each in own.children]
    if committee and code not in {place for place, _name, _count in places}:
        places.append((code, committee.name, None))
    shows = [
        ("", _("all")),
        ("standardised", _("standardised")),
        ("open", _("not yet standardised")),
        ("without", _("counties without one")),
        ("closed", _("closed")),
    ]
    return [
        {
            "label": _("Area"),
            "options": [
                _option(asked, name, count=count, active=value == code, committee=value)
                for value, name, count in places
            ],
        },
        {
            "label": _("Kind"),
            "options": [
                _option(asked, text, active=value == kind, kind=value)
                for value, text in [("", _("all")), *OrganizationKind.choices]
            ],
        },
        {
            "label": _("State"),
            "options": [
                _option(asked, text, active=value == show, show=value) for value, text in shows
            ],
        },
    ]


def _option(
    asked: Asked, label: Any, *, active: bool, count: int | None = None, **changes: str
) -> dict[str, Any]:
    committee = asked.get("committee")
    kept = {
        "committee": committee.code if committee else "",
        "kind": asked.get("kind") or "",
        "show": asked.get("show") or "",
        **changes,
    }
    query = urlencode({name: value for name, value in kept.items() if value})
    url = f"{reverse('ledger:organization-list')}?{query}"
    return {"label": label, "url": url, "count": count, "active": active}


def _empty(*, may_edit: bool) -> dict[str, Any]:
    actions = []
    if may_edit:
        url = reverse("ledger:organization-create")
        actions = [{"label": _("Enter an organisation"), "url": url, "primary": True}]
    return {
        "title": _("Nothing matches these filters"),
        "text": _("Enter organisations one by one, or import the ledger from its workbook."),
        "actions": actions,
    }
