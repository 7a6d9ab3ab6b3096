"""How it was: what a volunteer says of a shift, and what the organiser says of the volunteer."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TieredByCommittee
from volunteers.activities.models import Activity
from volunteers.feedback.queries import FeedbackQuerySet
from volunteers.signups.models import SignUp

__all__ = ["Feedback", "Grade", "Side"]


class Grade(models.TextChoices):
    """One tap."""

    GOOD = "good", pgettext_lazy("grade", "good")
    FAIR = "fair", pgettext_lazy("grade", "fair")
    POOR = "poor", pgettext_lazy("grade", "poor")


class Side(models.TextChoices):
    """Who says it."""

    VOLUNTEER = "volunteer", _("the volunteer, of the activity")
    ORGANISER = "organiser", _("the organiser, of the volunteer")


class Feedback(TieredByCommittee):
    """Said once by each side of a sign-up; ``committee`` is that of the activity.

    What volunteers say is read by themselves alone: staff get counts and lines from a function.
    """

    signup = models.ForeignKey(
        SignUp, on_delete=models.PROTECT, related_name="feedback", db_index=False
    )
    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    side = models.CharField(_("side"), max_length=9, choices=Side)
    grade = models.CharField(_("how it was"), max_length=4, choices=Grade)
    line = models.CharField(_("in a line"), max_length=200, blank=True)
    by_label = models.CharField(_("said by"), max_length=60)
    given_at = models.DateTimeField(_("said at"))
    changed_at = models.DateTimeField(_("changed at"), null=True)

    objects = FeedbackQuerySet.as_manager()

    class Meta:
        verbose_name = _("feedback")
        verbose_name_plural = _("feedback")
        indexes = [
            models.Index(fields=["activity"], name="feedback_activity"),
            models.Index(fields=["volunteer", "-id"], name="feedback_volunteer"),
        ]
        constraints = [
            models.UniqueConstraint(name="feedback_once", fields=["signup", "side"]),
        ]

    def __str__(self) -> str:
        return f"{self.signup_id} · {self.side} · {self.grade}"
