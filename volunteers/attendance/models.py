"""Who came to a shift, from when to when, and how that is known."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.activities.models import Shift
from volunteers.attendance.queries import AttendanceQuerySet
from volunteers.hours.models import RecordSource, ServiceRecord
from volunteers.signups.models import SignUp

__all__ = ["SERVED", "Attendance", "Mark"]


class Mark(models.TextChoices):
    """What the organiser says of somebody who had a place."""

    CAME = "came", pgettext_lazy("attendance", "came")
    LATE = "late", pgettext_lazy("attendance", "came late")
    NO_SHOW = "no_show", pgettext_lazy("attendance", "did not come")
    EXCUSED = "excused", pgettext_lazy("attendance", "excused")


# With these somebody served, so the times are known.
SERVED = (Mark.CAME, Mark.LATE)


@pghistory.track(exclude=TIERS)
class Attendance(TieredByCommittee):
    """The mark of one sign-up; its times become the service record once the activity is settled.

    ``marked_by`` took part in the record, and so confirms none of its sheet.
    """

    signup = models.OneToOneField(SignUp, on_delete=models.PROTECT, related_name="attendance")
    shift = models.ForeignKey(
        Shift, on_delete=models.PROTECT, related_name="attendances", db_index=False
    )
    mark = models.CharField(_("mark"), max_length=7, choices=Mark)
    came_at = models.DateTimeField(_("came at"), null=True, blank=True)
    left_at = models.DateTimeField(_("left at"), null=True, blank=True)
    source = models.CharField(_("how it is known"), max_length=10, choices=RecordSource)
    marked_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    marked_by_label = models.CharField(_("marked by"), max_length=60)
    marked_at = models.DateTimeField(_("marked at"))
    record = models.OneToOneField(
        ServiceRecord, on_delete=models.PROTECT, null=True, related_name="attendance"
    )

    objects = AttendanceQuerySet.as_manager()

    class Meta:
        verbose_name = _("attendance")
        verbose_name_plural = _("attendances")
        indexes = [models.Index(fields=["shift"], name="attendance_shift")]
        constraints = [
            models.CheckConstraint(
                name="attendance_times_of_who_served",
                condition=Q(mark__in=SERVED, came_at__isnull=False, left_at__gt=F("came_at"))
                | ~Q(mark__in=SERVED) & Q(came_at__isnull=True, left_at__isnull=True),
            ),
            models.CheckConstraint(
                name="attendance_record_of_who_served",
                condition=Q(record__isnull=True) | Q(mark__in=SERVED),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signup_id} · {self.mark}"

    @property
    def served(self) -> bool:
        """Whether there is service to count."""
        return self.mark in SERVED
