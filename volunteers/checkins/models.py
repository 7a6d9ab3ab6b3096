"""Scans at the door, to which rows are added and nothing else; and the devices that scan."""

from __future__ import annotations

from datetime import timedelta
from uuid import uuid4

from django.db import models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import CommitteeOwned, TieredByCommittee
from volunteers.activities.models import Activity, Shift
from volunteers.checkins.queries import CheckInQuerySet, DoorDeviceQuerySet
from volunteers.signups.models import SignUp

__all__ = ["CheckIn", "Direction", "DoorDevice", "Way", "Where"]


class Direction(models.TextChoices):
    """Coming or going."""

    IN = "in", pgettext_lazy("scan", "in")
    OUT = "out", pgettext_lazy("scan", "out")


class Way(models.TextChoices):
    """How the scan came to be."""

    OWN_SCAN = "own_scan", pgettext_lazy("scan", "the volunteer scanned the code at the door")
    DESK_SCAN = "desk_scan", pgettext_lazy("scan", "the organiser scanned the volunteer's code")
    KIOSK = "kiosk", pgettext_lazy("scan", "typed at the door")


class Where(models.TextChoices):
    """Whether somebody who agreed to say so was at the place; never where else."""

    WITHIN = "within", pgettext_lazy("scan", "at the place")
    OUTSIDE = "outside", pgettext_lazy("scan", "not at the place")


class DoorDevice(CommitteeOwned):
    """A device that scans at the door of one activity; of its token only the digest is kept.

    It acts for ``membership``: when that ends, or the account is switched off, so does the token.
    """

    activity = models.ForeignKey(Activity, on_delete=models.PROTECT, related_name="devices")
    name = models.CharField(_("device"), max_length=40)
    digest = models.BinaryField(max_length=32, unique=True, editable=False)
    membership = models.ForeignKey(
        "organizations.Membership", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    # Ending the account's sessions ends its devices.
    epoch = models.PositiveIntegerField(default=0, editable=False)
    issued_by_label = models.CharField(_("issued by"), max_length=60)
    issued_at = models.DateTimeField(_("issued at"), auto_now_add=True)
    expires_at = models.DateTimeField(_("valid until"))
    revoked_at = models.DateTimeField(_("revoked at"), null=True)
    revoked_by_label = models.CharField(_("revoked by"), max_length=60, blank=True)

    objects = DoorDeviceQuerySet.as_manager()

    class Meta:
        verbose_name = _("device at the door")
        verbose_name_plural = _("devices at the door")

    def __str__(self) -> str:
        return f"{self.name} · {self.activity_id}"

    @property
    def is_valid(self) -> bool:
        """Neither revoked nor expired; whether the membership holds is asked at each scan."""
        return self.revoked_at is None and self.expires_at > timezone.now()


class CheckIn(TieredByCommittee):
    """One scan of somebody who has a place; ``committee`` is that of the activity.

    ``at`` is when it was scanned, ``received_at`` when the portal learnt of it. Who came and went
    when is the first in and the last out, in whatever order the rows arrived. ``by`` is the
    account that scanned somebody else: it had a hand in the hours.
    """

    signup = models.ForeignKey(
        SignUp, on_delete=models.PROTECT, related_name="checkins", db_index=False
    )
    shift = models.ForeignKey(
        Shift, on_delete=models.PROTECT, related_name="checkins", db_index=False
    )
    direction = models.CharField(max_length=3, choices=Direction)
    way = models.CharField(max_length=9, choices=Way)
    # Empty where the activity does not ask, the person did not agree, or the device did not know.
    where = models.CharField(
        max_length=7, choices=Where, blank=True, default="", db_default="", db_column="at_place"
    )
    at = models.DateTimeField()
    received_at = models.DateTimeField(default=timezone.now, editable=False)
    # Chosen by who scans: what is sent twice is one scan.
    nonce = models.UUIDField(unique=True, default=uuid4, editable=False)
    by = models.ForeignKey(
        "organizations.User", on_delete=models.PROTECT, null=True, related_name="+", db_index=False
    )
    by_label = models.CharField(max_length=60)

    objects = CheckInQuerySet.as_manager()

    class Meta:
        verbose_name = pgettext_lazy("scan", "check-in")
        verbose_name_plural = pgettext_lazy("scan", "check-ins")
        indexes = [
            models.Index(fields=["signup", "at"], name="checkin_signup"),
            models.Index(fields=["shift", "-id"], name="checkin_shift_newest"),
        ]
        constraints = [
            models.CheckConstraint(
                name="checkin_place_said_by_the_person",
                condition=models.Q(where="") | models.Q(way=Way.OWN_SCAN),
            ),
            # A clock that runs ahead, or a row made up later, is no scan.
            models.CheckConstraint(
                name="checkin_not_ahead",
                condition=models.Q(at__lte=models.F("received_at") + timedelta(minutes=2)),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.signup_id} · {self.direction} · {self.at:%Y-%m-%d %H:%M}"
