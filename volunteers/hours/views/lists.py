"""The list of records, narrowed by place, month, state, kind, person and activity."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import timedelta
from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.web.addresses import address_with, options_of
from core.web.figures import COUNT_CAP, count_text
from core.web.keyset import is_next_page, list_count, page_of
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of, committee_in_reach
from organizations.committees.models import Committee
from volunteers.hours.forms import RecordFilters
from volunteers.hours.models import RecordState, ServiceKind
from volunteers.hours.queries import ServiceRecordQuerySet
from volunteers.hours.summary import COUNTY_TIER, OF_A_COUNTY, records_asked
from volunteers.hours.views.sheets import void_reasons

__all__ = ["list_records"]

MONTHS_OFFERED = 13


@acts("hours.view")
@require_safe
def list_records(request: HttpRequest) -> HttpResponse:
    """Newest entry first."""
    actor = actor_of(request)
    asked = RecordFilters(request.GET).asked()
    committee = committee_in_reach(asked["committee"], actor=actor)
    if not _is_small(committee):
        asked |= dict.fromkeys(OF_A_COUNTY, "")
    found = records_asked(asked, below=committee.path, reach=actor.scope.committee)
    page = page_of(found.as_listed(), request)
    actions = _bulk_actions(actor, asked["state"])
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/hours/_records.html",
        "next_url": page.next_url,
        "selectable": bool(actions),
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "committee": committee,
        "narrows_further": not _is_small(committee),
        "columns": _columns(),
        "filters": _filters(request, committee, asked),
        "removable": _removable(request, committee, actor, asked),
        "search": _search(asked),
        "total": _total(committee, asked, found),
        "empty": _empty(committee, actor, asked),
        "bulk_actions": actions,
        "void_reasons": void_reasons(),
        "may_record": actor.may("hours.record"),
        "export_url": _export_url(committee, asked) if actor.may("exports.make") else "",
        "may_void": bool(actions) and actor.may("hours.void"),
        "next": request.get_full_path(),
    }
    return render(request, "volunteers/hours/record_list.html", context)


def _export_url(committee: Committee, asked: dict[str, str]) -> str:
    """Where what is shown now can be taken along."""
    query = {**asked, "service": asked["kind"], "kind": "records", "committee": committee.code}
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse('exports:export-create')}?{kept}"


def _is_small(committee: Committee) -> bool:
    """A county or less, whose records can be looked through while somebody waits."""
    return committee.tier >= COUNTY_TIER


def _total(committee: Committee, asked: dict[str, str], found: ServiceRecordQuerySet) -> str:
    """How many there are; left out where counting would look through a city's records."""
    narrowed = any(value for name, value in asked.items() if name != "committee")
    if narrowed and not _is_small(committee):
        return ""
    return count_text(list_count(found), cap=COUNT_CAP)


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Volunteer")},
        {"label": _("Date")},
        {"label": _("Time")},
        {"label": _("Hours"), "numeric": True},
        {"label": _("State")},
        {"label": _("Activity")},
        {"label": _("Kind")},
        {"label": _("Committee")},
        {"label": _("Source")},
    ]


def _filters(
    request: HttpRequest, committee: Committee, asked: dict[str, str]
) -> list[dict[str, Any]]:
    children = Committee.objects.children_of(committee.path).existing_on(timezone.localdate())
    places = list(children.order_by("path").values_list("code", "name"))
    groups: list[tuple[str, str, Iterable[tuple[str, Any]]]] = [
        (_("Month"), "month", _months(asked["month"])),
        (_("State"), "state", RecordState.choices),
        (_("Kind"), "kind", ServiceKind.choices),
    ]
    filters = [
        {"label": label, "options": options_of(request, name, choices, chosen=asked[name])}
        for label, name, choices in groups
        if _is_small(committee) or name not in OF_A_COUNTY
    ]
    if places:
        here, *below = options_of(request, "committee", places, chosen="")
        # All of the place shown: one step up is a chip of its own.
        here["url"] = request.get_full_path()
        filters.insert(0, {"label": _("Place"), "options": [here, *below]})
    return filters


def _months(chosen: str) -> list[tuple[str, str]]:
    month = timezone.localdate().replace(day=1)
    months = []
    for _step in range(MONTHS_OFFERED):
        months.append(f"{month:%Y-%m}")
        month = (month - timedelta(days=1)).replace(day=1)
    if chosen and chosen not in months:
        months.append(chosen)
    return [(each, each) for each in months]


def _removable(
    request: HttpRequest, committee: Committee, actor: Actor, asked: dict[str, str]
) -> list[dict[str, str]]:
    """One step up for the place, the activity, and the words of the search."""
    chips = []
    if committee.path != actor.scope.committee:
        above = committee.parent
        up = above.code if above is not None and above.path != actor.scope.committee else ""
        chips.append({"label": committee.name, "url": address_with(request, committee=up)})
    if asked["activity"]:
        chips.append({"label": asked["activity"], "url": address_with(request, activity="")})
    if asked["q"]:
        chips.append({"label": f"“{asked['q']}”", "url": address_with(request, q="")})
    return chips


def _search(asked: dict[str, str]) -> dict[str, Any]:
    return {
        "name": "q",
        "value": asked["q"],
        "placeholder": _("Volunteer: name, pinyin, telephone or portal number"),
        "hidden": [(name, value) for name, value in asked.items() if value and name != "q"],
    }


def _bulk_actions(actor: Actor, state: str) -> list[dict[str, Any]]:
    """What may be done with rows of one state; a mixed list offers nothing."""
    actions: list[dict[str, Any]] = []
    if state == RecordState.SUBMITTED and actor.may("hours.confirm"):
        url = reverse("hours:records-confirm")
        actions.append({"label": _("Confirm {n} records"), "url": url, "primary": True})
    if state == RecordState.DRAFT and actor.may("hours.record"):
        url = reverse("hours:records-submit")
        actions.append({"label": _("Submit {n} records"), "url": url, "primary": True})
    if state and state != RecordState.VOID and actor.may("hours.void"):
        actions.append({"label": _("Void {n} records"), "opens": "void-records", "danger": True})
    return actions


def _empty(committee: Committee, actor: Actor, asked: dict[str, str]) -> dict[str, Any]:
    enter = {"label": _("Enter hours"), "url": reverse("desk:draft-list")}
    bring_in = {"label": _("Import a workbook"), "url": reverse("imports:run-create")}
    actions = [enter, bring_in] if actor.may("hours.record") else []
    narrowed = [value for name, value in asked.items() if value and name != "committee"]
    if not narrowed:
        title = _("{committee} has no service records yet.").format(committee=committee.name)
        return {"title": title, "actions": actions}
    if asked["month"] and len(narrowed) == 1:
        title = _("{committee} has no service records of {month} yet.")
        return {
            "title": title.format(committee=committee.name, month=asked["month"]),
            "actions": actions,
        }
    return {
        "title": _("No record fits what is asked."),
        "text": _("Take a filter away to see more."),
        "actions": [{"label": _("Show all records"), "url": reverse("hours:record-list")}],
    }
