"""Members at or below one's own committee."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from core.web.keyset import is_next_page, page_of
from organizations.accounts.access import ActorRole, grantable_roles
from organizations.accounts.actors import Actor
from organizations.accounts.forms import MemberFilters
from organizations.accounts.guards import acts
from organizations.accounts.models import Invitation, MemberRole, Membership
from organizations.accounts.queries import MembershipQuerySet
from organizations.accounts.scopes import actor_of

__all__ = ["list_members", "member_in_reach", "show_member"]


@acts("members.view")
@require_safe
def list_members(request: HttpRequest) -> HttpResponse:
    """Those who serve, newest first; with ``ended`` those who no longer do."""
    actor = actor_of(request)
    form = MemberFilters(request.GET, actor=actor)
    asked = form.cleaned_data if form.is_valid() else {}
    page = page_of(_members(actor, asked), request)
    context: dict[str, Any] = {
        "rows": page.rows,
        "next_url": page.next_url,
        "rows_template": "organizations/accounts/_rows.html",
        "columns": [
            {"label": _("Name")},
            {"label": _("Role")},
            {"label": _("Committee")},
            {"label": _("First day")},
            {"label": _("Last day")},
            {"label": _("State")},
        ],
        "empty": _empty(actor),
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= _around(actor, asked)
    return render(request, "organizations/accounts/list.html", context)


@acts("members.view")
@require_safe
def show_member(request: HttpRequest, membership_id: int) -> HttpResponse:
    """One membership, and what can be done about it."""
    actor = actor_of(request)
    membership = member_in_reach(request, membership_id)
    holds = membership.state_on(timezone.localdate()) in {"valid", "coming", "inactive"}
    is_other = membership.user_id != actor.scope.user
    manages = ActorRole(membership.role) in grantable_roles(actor.role)
    context = {
        "membership": membership,
        "state": membership.state_on(timezone.localdate()),
        "may_revoke": manages and holds and is_other,
        "may_switch": manages and is_other,
        "may_view_members": True,
        "reasons": [_("Transferred"), _("Left the office"), _("Entered by mistake")],
    }
    return render(request, "organizations/accounts/detail.html", context)


def member_in_reach(request: HttpRequest, membership_id: int) -> Membership:
    """The membership at or below the own committee, else 404."""
    within = Membership.objects.below(actor_of(request).scope.committee)
    found = within.with_committee().select_related("granted_by")
    return get_object_or_404(found, pk=membership_id)


def _members(actor: Actor, asked: dict[str, Any]) -> MembershipQuerySet:
    today = timezone.localdate()
    committee = asked.get("committee")
    path = committee.path if committee else actor.scope.committee
    found = Membership.objects.below(path).with_committee()
    found = found.ended_before(today) if asked.get("ended") else found.ending_after(today)
    if asked.get("role"):
        found = found.filter(role=asked["role"])
    if asked.get("q"):
        found = found.of_person(asked["q"])
    return found


def _around(actor: Actor, asked: dict[str, Any]) -> dict[str, Any]:
    """What stands around the rows: filters, open invitations, what may be done."""
    committee = asked.get("committee")
    invitations = Invitation.objects.below(actor.scope.committee).open_at(timezone.now())
    return {
        "committee": committee,
        "filters": _filters(asked),
        "search": {
            "value": asked.get("q", ""),
            "placeholder": _("Name or login name"),
            "hidden": [(name, value) for name, value in _kept(asked).items() if name != "q"],
        },
        "removable": [{"label": committee.full_name, "url": _address(asked, committee=None)}]
        if committee
        else [],
        "invitations": invitations.select_related("committee", "invited_by").order_by("-pk")[:20],
        "may_manage": actor.may("members.manage"),
        "may_view_members": True,
    }


def _filters(asked: dict[str, Any]) -> list[dict[str, Any]]:
    role, ended = asked.get("role", ""), bool(asked.get("ended"))
    roles = [("", _("all")), *MemberRole.choices]
    states = [(False, _("serving")), (True, _("ended"))]
    return [
        {
            "label": _("Role"),
            "options": [
                {"label": text, "url": _address(asked, role=value), "active": value == role}
                for value, text in roles
            ],
        },
        {
            "label": _("State"),
            "options": [
                {"label": text, "url": _address(asked, ended=value), "active": value == ended}
                for value, text in states
            ],
        },
    ]


def _kept(asked: dict[str, Any], **changes: Any) -> dict[str, str]:
    """The filters that are set, as the address carries them."""
    values = {**asked, **changes}
    committee = values.get("committee")
    texts = {
        "committee": committee.code if committee else "",
        "role": values.get("role") or "",
        "ended": "1" if values.get("ended") else "",
        "q": values.get("q") or "",
    }
    return {name: value for name, value in texts.items() if value}


def _address(asked: dict[str, Any], **changes: Any) -> str:
    return f"{reverse('accounts:member-list')}?{urlencode(_kept(asked, **changes))}"


def _empty(actor: Actor) -> dict[str, Any]:
    actions = []
    if actor.may("members.manage"):
        address = reverse("accounts:invitation-create")
        actions = [{"label": _("Invite a member"), "url": address, "primary": True}]
    return {
        "title": _("No members here"),
        "text": _("Nobody matches these filters at or below your committee."),
        "actions": actions,
    }
