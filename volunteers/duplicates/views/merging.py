"""Two entries side by side, the merge, and taking it back."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import RefusedReason, show_refusal
from core.web.keyset import id_from, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.duplicates.domain import merge_volunteers, undo_merge
from volunteers.duplicates.forms import ChooseForm, MergeForm
from volunteers.duplicates.models import Merge
from volunteers.duplicates.summary import preview_of
from volunteers.registry.models import Volunteer
from volunteers.registry.summary import hours_by_year

__all__ = ["choose", "compare", "list_merges", "undo"]

_UNPROCESSABLE = 422


@acts("volunteers.merge")
@require_safe
def list_merges(request: HttpRequest) -> HttpResponse:
    """What was merged, newest first; the undo is here as long as there is one."""
    return _merges_page(request)


@acts("volunteers.merge")
@require_safe
def choose(request: HttpRequest, number: str) -> HttpResponse:
    """Which other entry is the same person; leads to both side by side."""
    volunteer = _entry(request, number)
    form = ChooseForm(request.GET or None)
    if form.is_valid():
        other = form.cleaned_data["other"]
        return redirect("duplicates:merge-compare", number=volunteer.number, other=other)
    context = {"form": form, "volunteer": volunteer}
    return render(request, "volunteers/duplicates/choose.html", context)


@acts("volunteers.merge")
@require_http_methods(["GET", "HEAD", "POST"])
def compare(request: HttpRequest, number: str, other: str) -> HttpResponse:
    """Both entries, all that will move, and what has to be settled first."""
    survivor, merged = _entry(request, number), _entry(request, other)
    form = MergeForm(request.POST or None)
    if form.is_valid():
        void = [pk for pk in map(id_from, request.POST.getlist("void")) if pk is not None]
        reason = form.cleaned_data["reason"]
        try:
            merge_volunteers(survivor, merged, actor=actor_of(request), reason=reason, void=void)
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            said = _("Merged: {name} stays, with everything of both. It can be undone for 30 days.")
            messages.success(request, said.format(name=survivor.name))
            return redirect("registry:volunteer-detail", number=survivor.number)
    preview = preview_of(survivor, merged)
    context = {
        "form": form,
        "sides": [
            {"volunteer": each, "minutes": sum(year.minutes for year in hours_by_year(each))}
            for each in (survivor, merged)
        ],
        "survivor": survivor,
        "merged": merged,
        "preview": preview,
    }
    status = 422 if form.errors else 200
    return render(request, "volunteers/duplicates/compare.html", context, status=status)


@acts("volunteers.merge")
@require_POST
def undo(request: HttpRequest, merge_id: int) -> HttpResponse:
    """Both are again what they were; a reason that is not taken is shown where it was typed."""
    merge = get_object_or_404(Merge, pk=merge_id)
    reason = request.POST.get("reason", "")
    try:
        undo_merge(merge, actor=actor_of(request), reason=reason)
    except Refusal as refused:
        if refused.field == "reason":
            return _merges_page(request, RefusedReason(merge.pk, reason, str(refused)))
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Undone: both entries are again what they were."))
    return redirect("duplicates:merge-list")


def _merges_page(request: HttpRequest, refused: RefusedReason | None = None) -> HttpResponse:
    """The newest merges; with a refused reason the one that it is about alone."""
    merges = Merge.objects.filter(pk=refused.about) if refused else Merge.objects.all()
    page = page_of(merges, request)
    context = {"rows": page.rows, "next_url": page.next_url, "refused": refused}
    status = _UNPROCESSABLE if refused else None
    return render(request, "volunteers/duplicates/merges.html", context, status=status)


def _entry(request: HttpRequest, number: str) -> Volunteer:
    """An entry that stands, within one's own committee; 404 for any other."""
    within = Volunteer.objects.below(actor_of(request).scope.committee).standing()
    return get_object_or_404(within.select_related("committee"), number=number)
