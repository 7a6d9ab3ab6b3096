"""Pages of teams: the office's list of members, and the volunteer's own teams."""

from __future__ import annotations

from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.actors import AS_LEADER, Actor
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.leaders.models import Leadership
from organizations.ledger.models import Organization
from volunteers.teams.domain import change_member, end_membership, leave_team, take_in
from volunteers.teams.forms import EndForm, MemberForm, TakeInForm
from volunteers.teams.models import TeamMember

__all__ = ["add", "change", "end", "leave", "list_own", "show_team"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def show_team(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Who belongs to the team, in the order of their coming; by group."""
    return _team_page(request, get_object_or_404(Organization, pk=organization_id))


@acts("activities.write")
@require_POST
def add(request: HttpRequest, organization_id: int) -> HttpResponse:
    """Takes people in; what is refused is shown again as it was typed."""
    organization = get_object_or_404(Organization, pk=organization_id)
    form = TakeInForm(request.POST)
    if form.is_valid():
        try:
            new = take_in(organization, actor=actor_of(request), **form.given)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = ngettext("{n} new member.", "{n} new members.", len(new))
            messages.success(request, said.format(n=len(new)))
            return redirect("teams:team-detail", organization.pk)
    return _team_page(request, organization, form)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def change(request: HttpRequest, member_id: int) -> HttpResponse:
    """Gives a member another role or group."""
    member = _member(member_id)
    form = MemberForm(posted(request), initial={"role": member.role, "group": member.group})
    if form.is_valid():
        try:
            change_member(member, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("teams:team-detail", member.organization_id)
    context = {"form": form, "member": member}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/teams/change.html", context, status=status)


@acts("activities.write")
@require_http_methods(["GET", "HEAD", "POST"])
def end(request: HttpRequest, member_id: int) -> HttpResponse:
    """Takes somebody out of the team, with the reason that the person reads."""
    member = _member(member_id)
    form = EndForm(posted(request))
    if form.is_valid():
        try:
            end_membership(member, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("No longer a member of the team."))
            return redirect("teams:team-detail", member.organization_id)
    context = {"form": form, "member": member}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/teams/end.html", context, status=status)


@acts("own.view")
@require_safe
def list_own(request: HttpRequest) -> HttpResponse:
    """My teams, the newest first, with those that I have left."""
    person = actor_of(request).scope.volunteer
    page = page_of(TeamMember.objects.of_person(person), request)
    _say_which_are_led(page.rows, actor_of(request))
    context = {"rows": page.rows, "next_url": page.next_url}
    name = "volunteers/teams/own_list.html"
    return render(request, f"{name}#rows" if is_next_page(request) else name, context)


@acts("own.edit")
@require_POST
def leave(request: HttpRequest, member_id: int) -> HttpResponse:
    """Leaves one of them."""
    actor = actor_of(request)
    mine = TeamMember.objects.of_person(actor.scope.volunteer)
    try:
        leave_team(get_object_or_404(mine, pk=member_id), actor=actor)
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("You have left the team."))
    return redirect("teams:own-teams")


def _say_which_are_led(members: list[TeamMember], actor: Actor) -> None:
    """Each gets ``leadership``, what the switch posts; empty for others, and on a child's pages."""
    own = actor.child is None and actor.user is not None
    led = Leadership.objects.standing_for(actor.scope.volunteer if own else None)
    keys = dict(led.values_list("organization_id", "pk"))
    for each in members:
        key = keys.get(each.organization_id) if each.ended_at is None else None
        each.leadership = f"{AS_LEADER}{key}" if key else ""  # type: ignore[attr-defined]


def _member(member_id: int) -> TeamMember:
    return get_object_or_404(TeamMember.objects.select_related("organization"), pk=member_id)


def _team_page(
    request: HttpRequest, organization: Organization, form: TakeInForm | None = None
) -> HttpResponse:
    group = request.GET.get("group")
    members = TeamMember.objects.of_team(organization.pk)
    rows = members if group is None else members.filter(group=group)
    page = page_of(rows, request, as_entered=True)
    may_write = actor_of(request).may("activities.write")
    context: dict[str, Any] = {
        "organization": organization,
        "rows": page.rows,
        "rows_template": "volunteers/teams/_rows.html",
        "next_url": page.next_url,
        "may_write": may_write,
    }
    if is_next_page(request):
        return render(request, "components/list.html#page", context)
    context |= {
        "filters": [_groups(members.group_sizes(), group)],
        "may_add": may_write and organization.closed_on is None,
        "form": form or TakeInForm(),
        "columns": [
            {"label": _("Volunteer")},
            {"label": _("Portal number")},
            {"label": _("Role in the team")},
            {"label": _("Group")},
            {"label": _("Since")},
        ],
        "empty": {
            "title": _("Nobody here yet."),
            "text": _("Take people in by portal number or name, several at once."),
        },
    }
    status = _UNPROCESSABLE if form is not None else None
    return render(request, "volunteers/teams/team.html", context, status=status)


def _groups(sizes: dict[str, int], chosen: str | None) -> dict[str, Any]:
    options = [
        {"label": _("all"), "url": "?", "count": sum(sizes.values()), "active": chosen is None}
    ]
    options += [
        {
            "label": name or _("in no group"),
            "url": f"?{urlencode({'group': name})}",
            "count": count,
            "active": chosen == name,
        }
        for name, count in sizes.items()
    ]
    return {"label": _("Group"), "options": options}
