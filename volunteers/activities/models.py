"""Activities: what a committee calls volunteers for, and the shifts in which they serve."""

from __future__ import annotations

from datetime import timedelta

import pghistory
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from core.geo.columns import Pointed, point_constraint
from core.geo.points import Point
from organizations.committees.ownership import CommitteeOwned
from volunteers.activities.queries import (
    ActivityChangeQuerySet,
    ActivityQuerySet,
    ShiftQuerySet,
)
from volunteers.hours.models import ServiceKind

__all__ = ["Activity", "ActivityChange", "ActivityState", "Invited", "Shift", "Visibility"]


class ActivityState(models.TextChoices):
    """Draft → in review → published → settled; cancelled from review or once published.

    A published one is running or has ended by its shifts alone: nobody has to press anything.
    """

    DRAFT = "draft", pgettext_lazy("activity", "draft")
    IN_REVIEW = "in_review", pgettext_lazy("activity", "in review")
    PUBLISHED = "published", pgettext_lazy("activity", "published")
    SETTLED = "settled", pgettext_lazy("activity", "settled")
    CANCELLED = "cancelled", pgettext_lazy("activity", "cancelled")


class Invited(models.TextChoices):
    """Who may sign up."""

    EVERYBODY = "everybody", _("every volunteer")
    COMMITTEE = "committee", _("volunteers of the committee")
    ORGANIZATION = "organization", _("members of the organiser's team")
    GROUP = "group", _("one group of the organiser's team")


class Visibility(models.TextChoices):
    """Who may read the call."""

    PUBLIC = "public", _("everybody, without signing in")
    INVITED = "invited", _("those invited only")


@pghistory.track()
class Activity(CommitteeOwned, Pointed):
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
    organization = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("organiser (empty: the committee)"),
    )
    project = models.ForeignKey(
        "volunteers.Project",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("project"),
    )
    station = models.ForeignKey(
        "volunteers.Station",
        on_delete=models.PROTECT,
        null=True,
        blank=True,
        related_name="activities",
        verbose_name=_("station"),
    )
    # Within so many metres of the point one is at the place; None: nobody is asked.
    location_metres = models.PositiveSmallIntegerField(
        _("metres around the point within which people are at the place"), null=True, blank=True
    )
    invited = models.CharField(
        _("who may sign up"), max_length=12, choices=Invited, default=Invited.EVERYBODY
    )
    # By its name: a group is there as long as somebody stands in it.
    invited_group = models.CharField(_("which group"), max_length=30, blank=True)
    visibility = models.CharField(
        _("who may read it"), max_length=7, choices=Visibility, default=Visibility.PUBLIC
    )
    # Words of the province, by key: all of them are needed.
    needed_skills = ArrayField(models.BigIntegerField(), default=list, blank=True)
    withdrawal_hours = models.PositiveSmallIntegerField(
        _("hours before the start until which people withdraw without a reason"), default=24
    )
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
    settled_by_label = models.CharField(_("settled by"), max_length=60, blank=True)
    settled_at = models.DateTimeField(_("settled at"), null=True)
    # Why it was sent back or cancelled; empty again once it is submitted anew.
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = ActivityQuerySet.as_manager()

    class Meta:
        verbose_name = _("activity")
        verbose_name_plural = _("activities")
        indexes = [
            models.Index(fields=["committee", "-id"], name="activity_newest"),
            # What volunteers and the public look through, whichever committee calls.
            models.Index(
                fields=["-id"],
                name="activity_published",
                condition=Q(state=ActivityState.PUBLISHED),
            ),
        ]
        constraints = [
            models.CheckConstraint(
                name="activity_ages_in_order",
                condition=Q(youngest__isnull=True)
                | Q(oldest__isnull=True)
                | Q(oldest__gte=F("youngest")),
            ),
            point_constraint("activity_point"),
            models.CheckConstraint(
                name="activity_place_is_a_place",
                condition=Q(location_metres__isnull=True) | Q(location_metres__range=(50, 5000)),
            ),
            models.CheckConstraint(
                name="activity_invites_whom_it_names",
                condition=Q(invited__in=[Invited.EVERYBODY, Invited.COMMITTEE], invited_group="")
                | Q(invited=Invited.ORGANIZATION, organization__isnull=False, invited_group="")
                | Q(invited=Invited.GROUP, organization__isnull=False) & ~Q(invited_group=""),
            ),
            models.CheckConstraint(
                name="activity_published_was_reviewed",
                condition=~Q(state__in=[ActivityState.PUBLISHED, ActivityState.SETTLED])
                | Q(reviewed_at__isnull=False),
            ),
            models.CheckConstraint(
                name="activity_settled_says_when",
                condition=Q(state=ActivityState.SETTLED, settled_at__isnull=False)
                | ~Q(state=ActivityState.SETTLED) & Q(settled_at__isnull=True),
            ),
            models.CheckConstraint(
                name="activity_cancelled_says_why",
                condition=~Q(state=ActivityState.CANCELLED) | ~Q(reason=""),
            ),
        ]

    def __str__(self) -> str:
        return self.title

    @property
    def where(self) -> Point | None:
        """The own point, or that of its station."""
        return self.point or (self.station.point if self.station else None)


# The counts follow the sign-ups, whose own history tells.
@pghistory.track(exclude=["taken", "waiting"])
class Shift(CommitteeOwned):
    """A stretch of an activity with so many places; ``committee`` is that of the activity.

    ``taken`` and ``waiting`` are counted by the database with each sign-up, and can never pass
    ``places`` and ``reserve``, whoever comes at the same moment.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="shifts")
    starts_at = models.DateTimeField(_("starts at"))
    ends_at = models.DateTimeField(_("ends at"))
    places = models.PositiveSmallIntegerField(_("places"))
    reserve = models.PositiveSmallIntegerField(_("places on the waiting list"), default=0)
    taken = models.PositiveSmallIntegerField(default=0, editable=False)
    waiting = models.PositiveSmallIntegerField(default=0, editable=False)
    # One of a published activity that is called off alone; nobody is signed up for it any more.
    cancelled_at = models.DateTimeField(_("cancelled at"), null=True, editable=False)

    objects = ShiftQuerySet.as_manager()

    class Meta:
        verbose_name = _("shift")
        verbose_name_plural = _("shifts")
        ordering = ["starts_at", "pk"]
        indexes = [
            models.Index(fields=["starts_at"], name="shift_starts"),
            # Where a place may be offered to who waits.
            models.Index(fields=["id"], name="shift_waited_for", condition=Q(waiting__gt=0)),
        ]
        constraints = [
            models.CheckConstraint(
                name="shift_ends_after_start", condition=Q(ends_at__gt=F("starts_at"))
            ),
            models.CheckConstraint(name="shift_has_places", condition=Q(places__gte=1)),
            models.CheckConstraint(
                name="shift_places_hold", condition=Q(taken__gte=0, taken__lte=F("places"))
            ),
            models.CheckConstraint(
                name="shift_reserve_holds", condition=Q(waiting__gte=0, waiting__lte=F("reserve"))
            ),
            models.UniqueConstraint(name="shift_once", fields=["activity", "starts_at", "ends_at"]),
            models.CheckConstraint(
                name="shift_cancelled_is_empty",
                condition=Q(cancelled_at__isnull=True) | Q(taken=0, waiting=0),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.starts_at:%Y-%m-%d %H:%M}"

    @property
    def is_on(self) -> bool:
        """From two hours before it until a day after: people are on their way, there, or home.

        The function that gives emergency contacts asks the same of the database.
        """
        now = timezone.now()
        return self.starts_at - timedelta(hours=2) <= now <= self.ends_at + timedelta(days=1)

    @property
    def free(self) -> int:
        """Places that nobody has or was offered."""
        return self.places - self.taken

    @property
    def has_room(self) -> bool:
        """Whether somebody may sign up at once: who waits comes first."""
        return self.free > 0 and self.waiting == 0 and self.cancelled_at is None

    @property
    def has_reserve(self) -> bool:
        """Whether somebody may still join the waiting list."""
        return self.waiting < self.reserve


class ActivityChange(CommitteeOwned):
    """What was changed once people could sign up, told to all who did. Rows are only added.

    ``shift`` is None where it concerns all of them.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="changes")
    shift = models.ForeignKey(Shift, on_delete=models.PROTECT, null=True, related_name="+")
    said = models.CharField(_("what is different"), max_length=1000)
    reason = models.CharField(_("reason"), max_length=200, blank=True)
    changed_at = models.DateTimeField(_("changed at"), auto_now_add=True)
    changed_by_label = models.CharField(_("changed by"), max_length=60)

    objects = ActivityChangeQuerySet.as_manager()

    class Meta:
        verbose_name = _("change of an activity")
        verbose_name_plural = _("changes of activities")
        ordering = ["-pk"]

    def __str__(self) -> str:
        return f"{self.activity_id} · {self.said}"
