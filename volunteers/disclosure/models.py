"""Access to people's full data for a time: asked for with a reason, opened by a second person."""

from __future__ import annotations

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import CommitteeOwned
from volunteers.disclosure.queries import DisclosureQuerySet

__all__ = ["DisclosedPerson", "Disclosure", "DisclosureLook", "DisclosureState", "Duration"]


class DisclosureState(models.TextChoices):
    """Asked → open until its time is over; declined, or ended before its time, instead."""

    ASKED = "asked", pgettext_lazy("access", "asked")
    OPEN = "open", pgettext_lazy("access", "open")
    DECLINED = "declined", pgettext_lazy("access", "declined")
    ENDED = "ended", pgettext_lazy("access", "ended early")


class Duration(models.IntegerChoices):
    """For how many hours access may be asked."""

    HOUR = 1, _("1 hour")
    WORKDAY = 8, _("8 hours")
    DAY = 24, _("24 hours")
    THREE_DAYS = 72, _("3 days")


@pghistory.track()
class Disclosure(CommitteeOwned):
    """Full identifiers of one person, all minors on a sheet or a list, for one account and a time.

    未成年人网络保护条例, art. 36: least privilege, approval beforehand, a record of every look.
    ``title`` says whose data it is about as the asker saw it, ``people`` how many. ``committee``
    is the asker's own: who answers is its secretary, or one above.
    """

    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, null=True, related_name="disclosures"
    )
    sheet = models.ForeignKey(
        "volunteers.HoursSheet", on_delete=models.PROTECT, null=True, related_name="+"
    )
    title = models.CharField(_("whose data"), max_length=200)
    people = models.PositiveIntegerField(_("people"))
    reason = models.CharField(_("reason"), max_length=200)
    hours = models.PositiveSmallIntegerField(_("for how long"), choices=Duration)
    state = models.CharField(
        _("state"), max_length=8, choices=DisclosureState, default=DisclosureState.ASKED
    )
    asked_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    asked_by_label = models.CharField(_("asked by"), max_length=60)
    asked_at = models.DateTimeField(_("asked at"), auto_now_add=True)
    answered_by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    answered_by_label = models.CharField(_("answered by"), max_length=60, blank=True)
    answered_at = models.DateTimeField(_("answered at"), null=True)
    # Why it was declined.
    answer = models.CharField(_("answer"), max_length=200, blank=True, db_default="")
    expires_at = models.DateTimeField(_("open until"), null=True)
    ended_by_label = models.CharField(_("ended by"), max_length=60, blank=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)

    objects = DisclosureQuerySet.as_manager()

    class Meta:
        verbose_name = _("access to full data")
        verbose_name_plural = _("accesses to full data")
        indexes = [
            models.Index(fields=["committee", "-id"], name="disclosure_committee_newest"),
            models.Index(fields=["asked_by", "-id"], name="disclosure_asker_newest"),
            # What waits for a secretary.
            models.Index(fields=["id"], name="disclosure_asked", condition=Q(state="asked")),
        ]
        constraints = [
            models.CheckConstraint(
                name="disclosure_by_second_person",
                condition=Q(answered_by__isnull=True) | ~Q(answered_by=F("asked_by")),
            ),
            models.CheckConstraint(
                name="disclosure_open_says_until",
                condition=~Q(state="open")
                | Q(answered_by__isnull=False, answered_at__isnull=False, expires_at__isnull=False),
            ),
            models.CheckConstraint(
                name="disclosure_hours_bounded", condition=Q(hours__gte=1, hours__lte=72)
            ),
            models.CheckConstraint(
                # Neither: of a list, whose people are fixed beside it.
                name="disclosure_of_person_or_sheet",
                condition=Q(volunteer__isnull=True) | Q(sheet__isnull=True),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def is_open(self) -> bool:
        """Whether the data can be looked at now."""
        until = self.expires_at
        return self.state == DisclosureState.OPEN and until is not None and until > timezone.now()

    @property
    def state_label(self) -> str:
        """The state in the reader's language; time that is over is said too."""
        if self.state == DisclosureState.OPEN and not self.is_open:
            return str(_("time is over"))
        return str(DisclosureState(self.state).label)


class DisclosedPerson(CommitteeOwned):
    """One of the people whose data a disclosure opens, fixed as it was asked for."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="persons")
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="disclosed"
    )

    class Meta:
        verbose_name = _("person of an access")
        verbose_name_plural = _("people of an access")
        constraints = [
            models.UniqueConstraint(
                name="disclosed_person_once", fields=["disclosure", "volunteer"]
            )
        ]

    def __str__(self) -> str:
        return f"{self.disclosure_id} · {self.volunteer_id}"


class DisclosureLook(CommitteeOwned):
    """The data was looked at: when, and of how many. Each person sees a row of their own."""

    disclosure = models.ForeignKey(Disclosure, on_delete=models.PROTECT, related_name="looks")
    user = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    people = models.PositiveIntegerField(_("people"))
    at = models.DateTimeField(_("when"), auto_now_add=True)

    class Meta:
        verbose_name = _("look at disclosed data")
        verbose_name_plural = _("looks at disclosed data")
        ordering = ["-at"]

    def __str__(self) -> str:
        return f"{self.disclosure_id} · {self.at:%Y-%m-%d %H:%M}"
