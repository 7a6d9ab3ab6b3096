"""What an activity asks its volunteers to have completed."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _

from organizations.committees.ownership import CommitteeOwned
from training.courses.models import Course

__all__ = ["Requirement"]


class Requirement(CommitteeOwned):
    """Whoever signs up for the activity holds this course on the day of the shift."""

    activity = models.ForeignKey(
        "volunteers.Activity", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+")
    set_by_label = models.CharField(_("set by"), max_length=60)
    set_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        verbose_name = _("course that an activity asks for")
        verbose_name_plural = _("courses that activities ask for")
        constraints = [
            models.UniqueConstraint(fields=["activity", "course"], name="requirement_once"),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.course_id}"
