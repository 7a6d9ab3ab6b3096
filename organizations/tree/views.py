"""The tree of committees: looked through, searched, changed."""

from __future__ import annotations

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_safe

from core.web.forms import posted, show_refusal
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from organizations.committees.models import Committee, Kind
from organizations.committees.queries import CommitteeQuerySet
from organizations.tree.domain import close_committee, open_committee, rename_committee
from organizations.tree.forms import CloseForm, OpenForm, RenameForm

__all__ = [
    "close",
    "open_below",
    "rename",
    "search",
    "show_children",
    "show_committee",
    "show_tree",
]

_FOUND = 50
_UNPROCESSABLE = 422


@acts("committees.view")
@require_safe
def show_tree(request: HttpRequest) -> HttpResponse:
    """The own committee with those right below it; or what was searched for."""
    actor = actor_of(request)
    typed = request.GET.get("q", "")[:50].replace("\0", "")
    found = _called(request, typed)
    context: dict[str, Any] = {
        "typed": typed,
        "found": found[:_FOUND],
        "more": len(found) > _FOUND,
        "may_view_members": actor.may("members.view"),
    }
    if not typed:
        own = Committee.objects.with_has_children(timezone.localdate())
        context["root"] = own.get(path=actor.scope.committee)
        context["children"] = _children(actor.scope.committee)
    return render(request, "organizations/tree/tree.html", context)


@acts("committees.view")
@require_safe
def search(request: HttpRequest) -> JsonResponse:
    """What a box one types into offers."""
    found = _called(request, request.GET.get("q", "")[:50].replace("\0", ""))[:_FOUND]
    results = [{"value": each.code, "text": each.name, "detail": each.full_name} for each in found]
    return JsonResponse({"results": results})


@acts("committees.view")
@require_safe
def show_children(request: HttpRequest, code: str) -> HttpResponse:
    """The branches right below a committee, when it is unfolded."""
    committee = _committee(request, code)
    return render(
        request, "organizations/tree/_branches.html", {"children": _children(committee.path)}
    )


@acts("committees.view")
@require_safe
def show_committee(request: HttpRequest, code: str) -> HttpResponse:
    """One committee: where it stands, and what is right below it."""
    actor = actor_of(request)
    committee = _committee(request, code)
    within = Committee.objects.below(actor.scope.committee)
    context = {
        "committee": committee,
        "trail": within.ancestors_of(committee.path).exclude(pk=committee.pk),
        "children": Committee.objects.children_of(committee.path).order_by("path"),
        "may_manage": actor.may("committees.manage") and committee.closed_on is None,
        "may_enter_contact": actor.may("committees.contact") and committee.closed_on is None,
        "is_own": committee.path == actor.scope.committee,
        "may_view_members": actor.may("members.view"),
    }
    return render(request, "organizations/tree/detail.html", context)


@acts("committees.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def open_below(request: HttpRequest, code: str) -> HttpResponse:
    """Opens a campus, a zone or a division below the committee."""
    parent = _committee(request, code)
    form = OpenForm(posted(request))
    if form.is_valid():
        given = {**form.cleaned_data, "kind": Kind(form.cleaned_data["kind"])}
        try:
            opened = open_committee(parent=parent, actor=actor_of(request), **given)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            messages.success(request, _("{name} is open.").format(name=opened.full_name))
            return redirect("committees:committee-detail", opened.code)
    title = _("Open a committee below {name}").format(name=parent.name)
    return _form_page(request, parent, form, title=title, submit_label=_("Open this committee"))


@acts("committees.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def rename(request: HttpRequest, code: str) -> HttpResponse:
    """Gives the committee another name."""
    committee = _committee(request, code)
    form = RenameForm(posted(request), initial={"name": committee.name})
    if form.is_valid():
        try:
            rename_committee(committee, actor=actor_of(request), **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("committees:committee-detail", committee.code)
    title = _("Rename {name}").format(name=committee.name)
    return _form_page(request, committee, form, title=title, submit_label=_("Save the new name"))


@acts("committees.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def close(request: HttpRequest, code: str) -> HttpResponse:
    """Closes the committee; its records stay."""
    committee = _committee(request, code)
    actor = actor_of(request)
    form = CloseForm(posted(request), actor=actor)
    if form.is_valid():
        try:
            close_committee(committee, actor=actor, **form.cleaned_data)
        except Refusal as refusal:
            show_refusal(form, refusal)
        else:
            return redirect("committees:committee-detail", committee.code)
    title = _("Close {name}").format(name=committee.name)
    label = _("Close this committee")
    return _form_page(request, committee, form, title=title, submit_label=label, danger=True)


def _form_page(
    request: HttpRequest, committee: Committee, form: RenameForm | CloseForm, **texts: Any
) -> HttpResponse:
    back_url = reverse("committees:committee-detail", args=[committee.code])
    context = {"form": form, "committee": committee, "back_url": back_url, **texts}
    status = _UNPROCESSABLE if form.errors else 200
    return render(request, "organizations/tree/form.html", context, status=status)


def _committee(request: HttpRequest, code: str) -> Committee:
    own = actor_of(request).scope.committee
    within = Committee.objects.below(own).select_related("parent", "successor")
    return get_object_or_404(within, code=code)


def _children(path: str) -> CommitteeQuerySet:
    today = timezone.localdate()
    children = Committee.objects.children_of(path).existing_on(today)
    return children.with_has_children(today).order_by("path")


def _called(request: HttpRequest, typed: str) -> list[Committee]:
    within = Committee.objects.below(actor_of(request).scope.committee)
    found = within.existing_on(timezone.localdate()).called(typed)
    return list(found.order_by("path")[: _FOUND + 1])
