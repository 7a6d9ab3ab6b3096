"""Sessions of courses, and who is enrolled."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TIERS, CommitteeOwned, TieredByCommittee
from training.courses.models import Course
from training.sessions.queries import EnrolmentQuerySet, SessionQuerySet

__all__ = ["Enrolment", "EnrolmentState", "EnrolmentWay", "Session", "SessionMode"]


class SessionMode(models.TextChoices):
    """Where it is held."""

    PLACE = "place", pgettext_lazy("session", "at a place")
    ONLINE = "online", pgettext_lazy("session", "online")
    MIXED = "mixed", pgettext_lazy("session", "at a place and online")


class EnrolmentWay(models.TextChoices):
    """How one gets a place."""

    OPEN = "open", pgettext_lazy("session", "open: whoever comes first")
    APPROVAL = "approval", pgettext_lazy("session", "by approval of the committee")
    ASSIGNED = "assigned", pgettext_lazy("session", "assigned by committees")


@pghistory.track()
class Session(CommitteeOwned):
    """A course is held once by ``committee``, for its volunteers and all below it."""

    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="sessions")
    mode = models.CharField(_("where"), max_length=6, choices=SessionMode)
    place = models.CharField(_("place"), max_length=200, blank=True)
    link = models.URLField(_("address online"), max_length=300, blank=True)
    teacher = models.CharField(_("teacher"), max_length=50)
    starts_at = models.DateTimeField(_("start"))
    ends_at = models.DateTimeField(_("end"))
    places = models.PositiveIntegerField(_("places"))
    enrolment = models.CharField(_("enrolment"), max_length=8, choices=EnrolmentWay)
    created_by_label = models.CharField(_("written by"), max_length=60)
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True)
    cancel_reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SessionQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("training", "session")
        verbose_name_plural = pgettext_lazy("training", "sessions")
        constraints = [
            models.CheckConstraint(
                name="session_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="session_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="session_cancelled_with_reason",
                condition=Q(cancelled_at__isnull=True) | ~Q(cancel_reason=""),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.course_id} · {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_open(self) -> bool:
        """Whether one may still enrol or withdraw."""
        return self.cancelled_at is None and self.starts_at > timezone.now()

    @property
    def has_begun(self) -> bool:
        """Whether results may be written."""
        return self.cancelled_at is None and self.starts_at <= timezone.now()


class EnrolmentState(models.TextChoices):
    """Asked, waiting or placed; then what became of it."""

    ASKED = "asked", pgettext_lazy("enrolment", "awaits approval")
    WAITING = "waiting", pgettext_lazy("enrolment", "on the waiting list")
    PLACED = "placed", pgettext_lazy("enrolment", "has a place")
    WITHDRAWN = "withdrawn", pgettext_lazy("enrolment", "withdrawn")
    REFUSED = "refused", pgettext_lazy("enrolment", "refused")
    COMPLETED = "completed", pgettext_lazy("enrolment", "completed")
    FAILED = "failed", pgettext_lazy("enrolment", "not passed")
    ABSENT = "absent", pgettext_lazy("enrolment", "absent")


_STANDING = ("asked", "waiting", "placed")


@pghistory.track(exclude=TIERS)
class Enrolment(TieredByCommittee):
    """A volunteer in a session; ``committee`` is that of the session.

    The database gives places as rows are written, in the order of ``id``, and passes a free one on
    to the first who waits. ``valid_until`` is the last day of the qualification, None for good.
    Name and number are those of the moment: people move to committees that hide them.
    """

    session = models.ForeignKey(
        Session, on_delete=models.PROTECT, related_name="enrolments", db_index=False
    )
    course = models.ForeignKey(Course, on_delete=models.PROTECT, related_name="+", db_index=False)
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer_name = models.CharField(_("volunteer"), max_length=50)
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    state = models.CharField(_("state"), max_length=9, choices=EnrolmentState)
    asked_at = models.DateTimeField(_("enrolled at"), default=timezone.now)
    asked_by_label = models.CharField(_("enrolled by"), max_length=60)
    minutes = models.PositiveIntegerField(_("minutes of training"), default=0)
    completed_on = models.DateField(_("completed on"), null=True)
    valid_until = models.DateField(_("valid until"), null=True)
    decided_by_label = models.CharField(_("decided by"), max_length=60, blank=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = EnrolmentQuerySet.as_manager()

    class Meta:
        verbose_name = _("enrolment")
        verbose_name_plural = _("enrolments")
        indexes = [
            models.Index(fields=["session", "id"], name="enrolment_session"),
            models.Index(fields=["volunteer", "-id"], name="enrolment_volunteer"),
            models.Index(
                fields=["tier3", "course"],
                name="enrolment_completed",
                condition=Q(state="completed"),
            ),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["session", "volunteer"],
                condition=~Q(state__in=["withdrawn", "refused"]),
                name="enrolment_once",
            ),
            models.CheckConstraint(
                name="enrolment_completed_says_when",
                condition=Q(state="completed", completed_on__isnull=False)
                | ~Q(state="completed") & Q(completed_on__isnull=True, minutes=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_number} · {self.session_id} · {self.state}"

    @property
    def stands(self) -> bool:
        """Whether it is still to come."""
        return self.state in _STANDING
