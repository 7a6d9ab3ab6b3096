"""Sign-ups: who has a place in a shift, who waits for one, and in which order."""

from __future__ import annotations

import pghistory
from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import DateTimeRangeField, RangeOperators
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from organizations.committees.ownership import TIERS, TieredByCommittee
from volunteers.activities.models import Activity, Shift
from volunteers.signups.queries import SignUpQuerySet

__all__ = ["STANDING", "SignUp", "SignUpState"]


class SignUpState(models.TextChoices):
    """Placed at once, or waiting → offered → placed; out of each by one of the last three."""

    PLACED = "placed", pgettext_lazy("sign-up", "has a place")
    WAITING = "waiting", pgettext_lazy("sign-up", "on the waiting list")
    OFFERED = "offered", pgettext_lazy("sign-up", "a place is offered")
    WITHDRAWN = "withdrawn", pgettext_lazy("sign-up", "withdrawn")
    LAPSED = "lapsed", pgettext_lazy("sign-up", "offer not taken up")
    REMOVED = "removed", pgettext_lazy("sign-up", "taken off the list")


# The person has, is offered or waits for a place.
STANDING = (SignUpState.PLACED, SignUpState.WAITING, SignUpState.OFFERED)


@pghistory.track(exclude=TIERS)
class SignUp(TieredByCommittee):
    """A volunteer wants to serve in a shift; ``committee`` is that of the activity.

    The order of the waiting list is the order of ``id``: who leaves and comes again gets a new row,
    and so the last place. Name and number are those of the moment, because the calling committee
    may not see the volunteer's own entry. ``during`` is the shift's time, so that the database
    itself refuses two standing sign-ups of one person that overlap.
    """

    activity = models.ForeignKey(
        Activity, on_delete=models.PROTECT, related_name="signups", db_index=False
    )
    shift = models.ForeignKey(
        Shift, on_delete=models.PROTECT, related_name="signups", db_index=False
    )
    volunteer = models.ForeignKey(
        "volunteers.Volunteer", on_delete=models.PROTECT, related_name="+", db_index=False
    )
    volunteer_name = models.CharField(_("volunteer"), max_length=50)
    volunteer_number = models.CharField(_("portal number"), max_length=12)
    during = DateTimeRangeField(editable=False)
    state = models.CharField(_("state"), max_length=9, choices=SignUpState)
    asked_at = models.DateTimeField(_("signed up at"))
    asked_by_label = models.CharField(_("signed up by"), max_length=60)
    # Why the organiser put somebody on the list; empty for who signed up without one.
    added_reason = models.CharField(
        _("why the organiser added them"), max_length=200, blank=True, db_default="", default=""
    )
    # Agreed, for this activity, that the own scans say whether one is at the place.
    tells_place = models.BooleanField(default=False, db_default=False)
    # The organisation whose leader signed up the volunteer together with others.
    team = models.ForeignKey(
        "organizations.Organization",
        on_delete=models.PROTECT,
        null=True,
        related_name="+",
        db_index=False,
        verbose_name=_("signed up with the team"),
    )
    # Until when a place that was offered waits for an answer.
    offered_until = models.DateTimeField(_("answer until"), null=True)
    ended_at = models.DateTimeField(_("ended at"), null=True)
    reason = models.CharField(_("reason"), max_length=200, blank=True)

    objects = SignUpQuerySet.as_manager()

    class Meta:
        verbose_name = _("sign-up")
        verbose_name_plural = _("sign-ups")
        indexes = [
            # The list of a shift, and of those who wait the first.
            models.Index(fields=["shift", "id"], name="signup_shift"),
            models.Index(fields=["volunteer", "-id"], name="signup_volunteer"),
            models.Index(fields=["activity", "id"], name="signup_activity"),
            models.Index(
                fields=["offered_until"],
                name="signup_offered",
                condition=Q(state=SignUpState.OFFERED),
            ),
        ]
        constraints = [
            ExclusionConstraint(
                name="signup_no_overlap",
                expressions=[
                    ("volunteer", RangeOperators.EQUAL),
                    ("during", RangeOperators.OVERLAPS),
                ],
                condition=Q(state__in=STANDING),
            ),
            models.CheckConstraint(
                name="signup_offer_says_until_when",
                condition=~Q(state=SignUpState.OFFERED) | Q(offered_until__isnull=False),
            ),
            models.CheckConstraint(
                name="signup_ended_says_when",
                condition=Q(state__in=STANDING, ended_at__isnull=True)
                | ~Q(state__in=STANDING) & Q(ended_at__isnull=False),
            ),
        ]

    def __str__(self) -> str:
        return f"{self.volunteer_number} · {self.shift_id} · {self.state}"

    @property
    def stands(self) -> bool:
        """Whether the person still has, is offered or waits for a place."""
        return self.state in STANDING
