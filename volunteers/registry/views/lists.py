"""The list of volunteers, and choosing one of them."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.web.addresses import address_with
from core.web.figures import COUNT_CAP, count_text
from core.web.keyset import is_next_page, list_count, page_of
from organizations.accounts.actors import Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of, committee_in_reach
from organizations.committees.models import Committee
from volunteers.registry.forms import VolunteerFilters
from volunteers.registry.models import VolunteerState
from volunteers.registry.queries import VolunteerQuerySet
from volunteers.registry.summary import (
    Sought,
    sought_by,
    volunteers_asked,
    volunteers_matching,
)
from volunteers.registry.views.chips import filters_of_list

__all__ = ["list_volunteers", "look_up_volunteers"]

_MOST_LOOKED_UP = 20
_FEW = 1_000


@acts("volunteers.view")
@require_safe
def list_volunteers(request: HttpRequest) -> HttpResponse:
    """Newest first, narrowed by committee, age, state, skill and the search box."""
    actor = actor_of(request)
    asked = VolunteerFilters(request.GET).asked()
    committee = committee_in_reach(asked["committee"], actor=actor)
    found = volunteers_asked(asked, below=committee.path)
    page = page_of(found.as_listed(), request)
    context: dict[str, Any] = {
        "rows": page.rows,
        "rows_template": "volunteers/registry/_rows.html",
        "selectable": actor.may("volunteers.bulk") and bool(page.rows),
        "next_url": page.next_url,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    ways_in = _ways_in(actor)
    # The year's hours are summed person by person, so sooner “more”.
    cap = _FEW if asked["hours"] else COUNT_CAP
    total = list_count(found, cap=cap)
    context |= {
        "committee": committee,
        "columns": _columns(),
        "filters": filters_of_list(request, committee, asked, total=total),
        "removable": _removable(request, committee, asked),
        "search": _search(request, asked),
        "total": count_text(total, cap=cap),
        "empty": _empty(committee, asked, ways_in),
        "may_register": actor.may("volunteers.register"),
        "may_approve": actor.may("volunteers.reveal.approve"),
        "may_see_transfers": actor.may("volunteers.transfers.view"),
        "may_merge": actor.may("volunteers.merge"),
        "may_see_looks": actor.may("volunteers.reveals.view"),
        "import_url": ways_in[-1]["url"] if actor.may("volunteers.import") else "",
        "export_url": _export_url(committee, asked) if actor.may("exports.make") else "",
        "bulk_url": _bulk_url(committee, asked) if actor.may("volunteers.bulk") else "",
        "bulk_actions": _bulk_actions(actor),
    }
    return render(request, "volunteers/registry/list.html", context)


@acts("volunteers.view")
@require_safe
def look_up_volunteers(request: HttpRequest) -> JsonResponse:
    """For a select that one types into: who may be meant by ``q``, those who left aside."""
    words = request.GET.get("q", "")[:50]
    found: VolunteerQuerySet = volunteers_matching(words, below=_own_path(request))
    if sought_by(words) == Sought.NOTHING:
        found = found.none()
    people = found.exclude(state=VolunteerState.WITHDRAWN).with_committee()
    own = actor_of(request).committee
    results = [
        {
            "value": person.number,
            "text": person.name,
            "detail": " · ".join(
                (
                    person.committee.name_within(own),
                    str(person.birth_date.year),
                    person.phone_mask,
                )
            ),
        }
        for person in people.order_by("name", "-pk")[:_MOST_LOOKED_UP]
    ]
    return JsonResponse({"results": results})


def _own_path(request: HttpRequest) -> str:
    return actor_of(request).scope.committee


def _bulk_actions(actor: Actor) -> list[dict[str, Any]]:
    change = {"label": _("Change {n} people"), "url": reverse("bulk:bulk-create"), "primary": True}
    certify = {"label": _("Certificates for {n}"), "url": reverse("certificates:batch-create")}
    return [change, certify] if actor.may("certificates.issue") else [change]


def _columns() -> list[dict[str, Any]]:
    return [
        {"label": _("Name")},
        {"label": _("Portal number")},
        {"label": _("Township")},
        {"label": _("Gender")},
        {"label": _("Age"), "numeric": True},
        {"label": _("Telephone")},
        {"label": _("Identity document")},
        {"label": _("Registered on")},
        {"label": _("State")},
    ]


def _removable(
    request: HttpRequest, committee: Committee, asked: dict[str, str]
) -> list[dict[str, str]]:
    """One step up for the place, and the words of the search."""
    chips = []
    own = _own_path(request)
    if committee.path != own:
        above = committee.parent
        up = above.code if above is not None and above.path != own else ""
        chips.append({"label": committee.name, "url": address_with(request, committee=up)})
    if asked["q"]:
        chips.append({"label": f"“{asked['q']}”", "url": address_with(request, q="")})
    return chips


def _search(request: HttpRequest, asked: dict[str, str]) -> dict[str, Any]:
    kept = [(name, value) for name, value in asked.items() if value and name != "q"]
    return {
        "name": "q",
        "value": asked["q"],
        "placeholder": _("Name, pinyin, telephone, identity or portal number"),
        "hidden": kept,
    }


def _ways_in(actor: Actor) -> list[dict[str, Any]]:
    """How people come into the registry, for those who may bring them in."""
    ways = []
    if actor.may("volunteers.register"):
        address = reverse("registry:volunteer-create")
        ways.append({"label": _("Register a volunteer"), "url": address, "primary": True})
    if actor.may("volunteers.import"):
        address = f"{reverse('imports:run-create')}?kind=volunteers"
        ways.append({"label": _("Bring in a roster"), "url": address})
    return ways


def _export_url(committee: Committee, asked: dict[str, str]) -> str:
    """Where what is shown now can be taken along."""
    return _narrowed("exports:export-create", kind="volunteers", committee=committee, asked=asked)


def _bulk_url(committee: Committee, asked: dict[str, str]) -> str:
    """Where all that are shown now can be changed."""
    return _narrowed("bulk:bulk-create", committee=committee, asked=asked)


def _narrowed(address: str, *, committee: Committee, asked: dict[str, str], kind: str = "") -> str:
    query = {"kind": kind, **asked, "committee": committee.code}
    kept = urlencode({name: value for name, value in query.items() if value})
    return f"{reverse(address)}?{kept}"


def _empty(
    committee: Committee, asked: dict[str, str], ways_in: list[dict[str, Any]]
) -> dict[str, Any]:
    if not any(value for name, value in asked.items() if name != "committee"):
        title = _("No volunteer is registered with {committee} yet")
        return {
            "title": title.format(committee=committee.name),
            "text": _("Register one by one, or bring in the roster that the office keeps."),
            "actions": ways_in,
        }
    hints = {
        Sought.NUMBER: _("Telephones, identity and portal numbers are searched whole."),
        Sought.SPELLING: _("Pinyin is searched by its beginning: “liuxia” or “lxm”."),
        Sought.NAME: _("Names are searched by their beginning, the family name first."),
        Sought.NOTHING: _("Take a filter away to see more."),
    }
    everybody = {"label": _("Show all volunteers"), "url": reverse("registry:volunteer-list")}
    return {
        "title": _("Nobody here fits what is asked"),
        "text": hints[sought_by(asked["q"])],
        "actions": [everybody],
    }
