"""Courses: what is taught, in which tier, for how long a qualification holds."""

from __future__ import annotations

import pghistory
from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.web.figures import hours_text
from organizations.committees.ownership import CommitteeOwned
from training.courses.queries import CourseQuerySet

__all__ = ["Course", "CourseState", "CourseTier"]


class CourseTier(models.TextChoices):
    """The three tiers of training."""

    PRE_SERVICE = "pre_service", pgettext_lazy("course", "pre-service training")
    IN_SERVICE = "in_service", pgettext_lazy("course", "in-service practice")
    SPECIALISED = "specialised", pgettext_lazy("course", "specialised training")


class CourseState(models.TextChoices):
    """Written by the desk, published by the heads."""

    DRAFT = "draft", pgettext_lazy("course", "draft")
    PUBLISHED = "published", pgettext_lazy("course", "published")
    WITHDRAWN = "withdrawn", pgettext_lazy("course", "withdrawn")


@pghistory.track()
class Course(CommitteeOwned):
    """Published by a committee for itself and all below it, who hold sessions of it.

    ``minutes`` of teaching; who completes it is qualified for ``valid_months``, for good where that
    is None. ``after`` is the course that has to be valid before one enrols. What is published is
    not rewritten, because people hold it: another version is another course.
    """

    title = models.CharField(_("title"), max_length=80)
    tier = models.CharField(_("tier"), max_length=11, choices=CourseTier)
    outline = models.TextField(_("content"), max_length=4000)
    minutes = models.PositiveIntegerField(_("minutes of teaching"))
    valid_months = models.PositiveSmallIntegerField(_("valid for months"), null=True)
    counts_for_post = models.BooleanField(_("counts for a post"), default=False)
    after = models.ForeignKey(
        "self", on_delete=models.PROTECT, null=True, related_name="+", verbose_name=_("first")
    )
    state = models.CharField(max_length=9, choices=CourseState, default=CourseState.DRAFT)
    created_by_label = models.CharField(_("written by"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    published_by_label = models.CharField(_("published by"), max_length=60, blank=True)
    published_at = models.DateTimeField(_("published at"), null=True)

    objects = CourseQuerySet.as_manager()

    class Meta:
        verbose_name = _("course")
        verbose_name_plural = _("courses")
        constraints = [
            models.CheckConstraint(
                name="course_lasts_some_time",
                condition=models.Q(minutes__gte=1) & ~models.Q(valid_months=0),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def hours(self) -> str:
        """Hours of teaching, with one decimal."""
        return hours_text(self.minutes)
