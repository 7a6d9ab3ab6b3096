"""Activities: what a committee calls volunteers for, and the shifts in which they serve."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import CommitteeOwned
from volunteers.activities.queries import ActivityQuerySet
from volunteers.hours.models import ServiceKind

__all__ = ["Activity", "ActivityState", "Shift"]


class ActivityState(models.TextChoices):
    """Draft → in review → published; cancelled from either of the last two."""

    DRAFT = "draft", pgettext_lazy("activity", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("activity", "in review")
    PUBLISHED = "published", pgettext_lazy("activity", "published")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


@pghistory.track()
class Activity(CommitteeOwned):
    """A call for volunteers. Says what is true, risks included (volunteer service order, art. 12).

    ``youngest`` and ``oldest`` are ages in whole years, both included; None is no bound.
    ``hands`` are the accounts that wrote it: none of them reviews it.
    """

    title = models.CharField(_("title"), max_length=100)
    kind = models.CharField(_("kind of service"), max_length=12, choices=ServiceKind)
    content = models.TextField(_("what is to be done"), max_length=2000)
    place = models.CharField(_("place"), max_length=200)
    responsible_person = models.CharField(_("responsible person"), max_length=50)
    responsible_phone = models.CharField(_("telephone for questions"), max_length=20)
    risks = models.CharField(_("risks and precautions"), max_length=500, blank=True)
    insured = models.BooleanField(_("volunteers are insured against accidents"), default=False)
    youngest = models.PositiveSmallIntegerField(_("youngest age"), null=True, blank=True)
    oldest = models.PositiveSmallIntegerField(_("oldest age"), null=True, blank=True)
    state = models.CharField(
        _("state"), max_length=9, choices=ActivityState, default=ActivityState.DRAFT
    )
    created_by_label = models.CharField(_("written by"), max_length=60)
    created_at = models.DateTimeField(auto_now_add=True)
    hands = ArrayField(models.BigIntegerField(), default=list, editable=False)
    reviewed_by_label = models.CharField(_("reviewed by"), max_length=60, blank=True)
    reviewed_at = models.DateTimeField(_("reviewed at"), null=True)
    # Why it was sent back or cancelled; empty again once it is submitted anew.
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [models.Index(fields=["committee", "-id"], name="activity_newest")]
        constraints = [
            models.CheckConstraint(
                name="activity_ages_in_order",
                condition=Q(youngest__isnull=True)
                | Q(oldest__isnull=True)
                | Q(oldest__gte=F("youngest")),
            ),
            models.CheckConstraint(
                name="activity_published_was_reviewed",
                condition=~Q(state=ActivityState.PUBLISHED) | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_cancelled_says_why",
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title


@pghistory.track()
class Shift(CommitteeOwned):
    """A stretch of an activity with so many places; ``committee`` is that of the activity."""

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    places = models.PositiveSmallIntegerField(_("places"))

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="shift_has_places", condition=Q(places__gte=1)),
            models.UniqueConstraint(name="shift_once", fields=["activity", "starts_at", "ends_at"]),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.starts_at:%Y-%m-%d %H:%M}"
