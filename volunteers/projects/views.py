"""Projects for the office."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from core.web.forms import posted, show_refusal
from core.web.keyset import is_next_page, page_of
from core.web.refusals import Refusal
from organizations.accounts.guards import acts
from organizations.accounts.scopes import actor_of
from volunteers.projects import domain
from volunteers.projects.forms import OutlineForm
from volunteers.projects.models import Project
from volunteers.projects.queries import ProjectQuerySet
from volunteers.projects.summary import figures_of

__all__ = ["close", "create", "edit", "list_projects", "reopen", "show_project"]

_UNPROCESSABLE = 422


@acts("activities.view")
@require_safe
def list_projects(request: HttpRequest) -> HttpResponse:
    """Those that the committee may use, and those below it."""
    actor = actor_of(request)
    found = Project.objects.around(actor.scope.committee).select_related("committee")
    page = page_of(found, request)
    context = {
        "rows": page.rows,
        "rows_template": "volunteers/projects/_rows.html",
        "next_url": page.next_url,
        "may_manage": actor.may("projects.manage"),
        "columns": [
            {"label": _("Project")},
            {"label": _("Committee")},
            {"label": _("Begun on")},
            {"label": _("State")},
        ],
        "empty": {
            "title": _("No project here yet."),
            "text": _("A brand project holds activities of your committee and of all below it."),
        },
    }
    name = "components/list.html#page" if is_next_page(request) else "volunteers/projects/list.html"
    return render(request, name, context)


@acts("activities.view")
@require_safe
def show_project(request: HttpRequest, project_id: int) -> HttpResponse:
    """What it is, what came of it in one's scope, and its activities."""
    actor = actor_of(request)
    around = Project.objects.around(actor.scope.committee)
    project = get_object_or_404(around.select_related("committee"), pk=project_id)
    is_own = _own(request).filter(pk=project.pk).exists()
    context = {
        "project": project,
        "figures": figures_of(project),
        "activities": project.activities.order_by("-pk")[:20],
        "may_manage": is_own and actor.may("projects.manage"),
    }
    return render(request, "volunteers/projects/detail.html", context)


@acts("projects.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def create(request: HttpRequest) -> HttpResponse:
    """Starts a project of the own committee."""
    form = OutlineForm(posted(request))
    if form.is_valid():
        try:
            project = domain.start_project(form.outline, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Started. Activities can name it from now on."))
            return redirect("projects:project-detail", project.pk)
    return _form_page(request, form, None)


@acts("projects.manage")
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, project_id: int) -> HttpResponse:
    """Describes it anew."""
    project = get_object_or_404(_own(request), pk=project_id)
    initial = {name: getattr(project, name) for name in OutlineForm.base_fields}
    form = OutlineForm(posted(request), initial=initial)
    if form.is_valid():
        try:
            domain.edit_project(project, form.outline, actor=actor_of(request))
        except Refusal as refused:
            show_refusal(form, refused)
        else:
            messages.success(request, _("Saved."))
            return redirect("projects:project-detail", project.pk)
    return _form_page(request, form, project)


@acts("projects.manage")
@require_POST
def close(request: HttpRequest, project_id: int) -> HttpResponse:
    """Ends it; its activities stay."""
    project = get_object_or_404(_own(request), pk=project_id)
    try:
        domain.close_project(project, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Closed. Activities that name it stay as they are."))
    return redirect("projects:project-detail", project.pk)


@acts("projects.manage")
@require_POST
def reopen(request: HttpRequest, project_id: int) -> HttpResponse:
    """Takes the close back."""
    project = get_object_or_404(_own(request), pk=project_id)
    try:
        domain.reopen_project(project, actor=actor_of(request))
    except Refusal as refused:
        messages.error(request, str(refused))
    else:
        messages.success(request, _("Open again."))
    return redirect("projects:project-detail", project.pk)


def _own(request: HttpRequest) -> ProjectQuerySet:
    return Project.objects.below(actor_of(request).scope.committee)


def _form_page(request: HttpRequest, form: OutlineForm, project: Project | None) -> HttpResponse:
    context = {"form": form, "project": project}
    status = _UNPROCESSABLE if form.errors else None
    return render(request, "volunteers/projects/form.html", context, status=status)
