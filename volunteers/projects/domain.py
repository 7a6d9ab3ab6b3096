"""The verbs of projects: start, describe, close."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date

from django.db import IntegrityError, transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from core.postgresql.constraints import broken_constraint
from core.web.refusals import Refusal
from organizations.accounts.actors import Actor
from volunteers.projects.models import Project

__all__ = ["Outline", "close_project", "edit_project", "reopen_project", "start_project"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Outline:
    """What a project is called and about."""

    name: str
    summary: str = ""
    begun_on: date | None = None


@transaction.atomic
def start_project(outline: Outline, *, actor: Actor) -> Project:
    """A project of the actor's committee. Raises `Refusal` for a name that it has already."""
    actor.must("projects.manage")
    return _saved(Project(committee_id=actor.scope.committee, **asdict(outline)))


@transaction.atomic
def edit_project(project: Project, outline: Outline, *, actor: Actor) -> Project:
    """Describes it anew. Raises `Refusal` for a closed one and for a name that is taken."""
    actor.must("projects.manage")
    locked = _locked(project)
    for name, value in asdict(outline).items():
        setattr(locked, name, value)
    return _saved(locked)


@transaction.atomic
def close_project(project: Project, *, actor: Actor) -> Project:
    """No new activity is run under it from today on. Raises `Refusal` for a closed one."""
    actor.must("projects.manage")
    locked = _locked(project)
    locked.closed_on = max(timezone.localdate(), locked.begun_on or date.min)
    return _saved(locked)


@transaction.atomic
def reopen_project(project: Project, *, actor: Actor) -> Project:
    """Takes a close back. Raises `Refusal` for one that stands."""
    actor.must("projects.manage")
    locked = Project.objects.select_for_update().get(pk=project.pk)
    if locked.closed_on is None:
        raise Refusal(_("Nothing was closed here."), code="open")
    locked.closed_on = None
    return _saved(locked)


def _locked(project: Project) -> Project:
    locked = Project.objects.select_for_update().get(pk=project.pk)
    if locked.closed_on is not None:
        raise Refusal(_("This project has been closed."), code="closed")
    return locked


def _saved(project: Project) -> Project:
    try:
        with transaction.atomic():
            project.save()
    except IntegrityError as error:
        if broken_constraint(error) != "project_name_once":
            raise
        message = _("Your committee has a project of that name already.")
        raise Refusal(message, code="name_taken", field="name") from error
    return project
