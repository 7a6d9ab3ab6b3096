"""Brand projects, such as 河小青, under which committees run activities year after year."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from volunteers.projects.queries import ProjectQuerySet

__all__ = ["Project"]


@pghistory.track()
class Project(CommitteeOwned):
    """Of one committee, for its activities and those of all below it.

    Runs until the day before ``closed_on``; activities of then keep it.
    """

    name = models.CharField(_("name"), max_length=60)
    summary = models.TextField(_("what it is about"), max_length=1000, blank=True)
    begun_on = models.DateField(_("begun on"), null=True, blank=True)
    closed_on = models.DateField(_("closed on"), null=True, blank=True)

    objects = ProjectQuerySet.as_manager()

    class Meta:
        verbose_name = _("project")
        verbose_name_plural = _("projects")
        ordering = ["committee", "name"]
        constraints = [
            models.UniqueConstraint(fields=["committee", "name"], name="project_name_once"),
            models.CheckConstraint(
                name="project_closes_after_its_begin",
                condition=Q(closed_on__isnull=True)
                | Q(begun_on__isnull=True)
                | Q(closed_on__gte=F("begun_on")),
            ),
        ]

    def __str__(self) -> str:
        return self.name
