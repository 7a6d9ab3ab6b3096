"""What came of a project."""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count, Q, Sum

from volunteers.projects.models import Project

__all__ = ["ProjectFigures", "figures_of"]


@dataclass(frozen=True, slots=True)
class ProjectFigures:
    """Activities called, people who served, and the minutes that are confirmed, in one's scope."""

    activities: int
    people: int
    minutes: int


def figures_of(project: Project) -> ProjectFigures:
    """Of all committees that the actor sees. One query."""
    called = project.activities.filter(state__in=["published", "settled"])
    served = Q(signups__attendance__mark__in=["came", "late"])
    confirmed = served & Q(signups__attendance__record__state="confirmed")
    found = called.aggregate(
        activities=Count("pk", distinct=True),
        people=Count("signups__volunteer", distinct=True, filter=served),
        # One row each: a sign-up has one mark, and a mark one record.
        minutes=Sum("signups__attendance__record__minutes", filter=confirmed, default=0),
    )
    return ProjectFigures(**found)
